"""Districts, schools, terms, classes and staff."""

from __future__ import annotations

from flask_smorest import Blueprint

from contracts.enrollment import public, replies, requests
from gateway.api.routing import Command, Query, add_routes

ROUTES = (
    Query("/districts", "enrollment", "list_districts", "List districts", None, replies.Districts),
    Command(
        "/districts",
        "enrollment",
        "register_district",
        "Register a district under a profile",
        requests.RegisterDistrict,
        replies.District,
    ),
    Query(
        "/schools",
        "enrollment",
        "list_schools",
        "List schools",
        None,
        replies.Schools,
        options=("district_id",),
    ),
    Command(
        "/schools",
        "enrollment",
        "register_school",
        "Register a school",
        requests.RegisterSchool,
        replies.School,
    ),
    Query(
        "/schools/{school_id}", "enrollment", "get_school", "Show a school", None, replies.School
    ),
    Query(
        "/schools/{school_id}/service",
        "enrollment",
        "get_public_service",
        "Show what the public reads of a school's service",
        None,
        public.PublicService,
    ),
    Query(
        "/schools/{school_id}/terms",
        "enrollment",
        "list_terms",
        "List a school's terms",
        None,
        replies.Terms,
    ),
    Command(
        "/schools/{school_id}/terms",
        "enrollment",
        "open_term",
        "Open a term",
        requests.OpenTerm,
        replies.Term,
    ),
    Query(
        "/schools/{school_id}/classes",
        "enrollment",
        "list_classes",
        "List a school's classes",
        None,
        replies.Classes,
    ),
    Query(
        "/schools/{school_id}/staff",
        "enrollment",
        "list_staff",
        "List a school's registered staff by name",
        None,
        replies.StaffMembers,
    ),
    Command(
        "/schools/{school_id}/staff",
        "enrollment",
        "register_staff",
        "Register a member of staff",
        requests.RegisterStaff,
        replies.Staff,
    ),
)


def add_to(blueprint: Blueprint) -> None:
    """Add these routes."""
    add_routes(blueprint, ROUTES)
