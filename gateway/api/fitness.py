"""Screenings of staff, and the responsibility statement."""

from __future__ import annotations

from flask_smorest import Blueprint

from contracts.safety import fitness
from gateway.api.routing import Command, Query, add_routes

ROUTES = (
    Command(
        "/schools/{school_id}/staff/{staff_id}/screening",
        "safety",
        "record_screening",
        "Record the result of screening a member of staff",
        fitness.RecordScreening,
        fitness.ScreeningRecorded,
    ),
    Command(
        "/schools/{school_id}/staff/{staff_id}/responsibility-statement",
        "safety",
        "sign_responsibility_statement",
        "Sign the responsibility statement for a term, or record the signed paper",
        fitness.SignResponsibilityStatement,
        fitness.StatementSigned,
    ),
    Query(
        "/schools/{school_id}/staff-fitness",
        "safety",
        "list_staff_fitness",
        "List who is screened and who has signed for a term",
        fitness.ListStaffFitness,
        fitness.StaffFitnessList,
    ),
    Query(
        "/responsibility-statement",
        "safety",
        "get_responsibility_statement",
        "Show the responsibility statement in force",
        None,
        fitness.ResponsibilityStatement,
    ),
)


def add_to(blueprint: Blueprint) -> None:
    """Add these routes."""
    add_routes(blueprint, ROUTES)
