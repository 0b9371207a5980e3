"""Pupils and their families."""

from __future__ import annotations

from flask_smorest import Blueprint

from contracts.enrollment import applications, requests
from gateway.api.routing import Command, Query, add_routes

ROUTES = (
    Query(
        "/schools/{school_id}/students",
        "enrollment",
        "list_students",
        "List a school's pupils",
        requests.ListStudents,
        applications.Students,
    ),
    Query(
        "/students/{student_id}",
        "enrollment",
        "get_student",
        "Show a pupil",
        None,
        applications.Student,
    ),
    Command(
        "/students/{student_id}/guardians/{guardian_id}/block",
        "enrollment",
        "block_guardian",
        "Keep a guardian from a pupil, with proof",
        requests.BlockGuardian,
        applications.BlockState,
    ),
    Command(
        "/students/{student_id}/guardians/{guardian_id}/unblock",
        "enrollment",
        "unblock_guardian",
        "Lift a block",
        requests.BlockGuardian,
        applications.BlockState,
    ),
    Query(
        "/me/children",
        "enrollment",
        "my_children",
        "List the caller's own children, and what to do next for each",
        None,
        applications.Children,
    ),
    # Asks only, but for more ids than a URL holds.
    Command(
        "/names:batch",
        "enrollment",
        "get_names",
        "Show the names behind ids, as far as the caller may know them",
        requests.GetNames,
        applications.Names,
        keyed=False,
    ),
)


def add_to(blueprint: Blueprint) -> None:
    """Add these routes."""
    add_routes(blueprint, ROUTES)
