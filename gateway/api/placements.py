"""A pupil's place after the agreement: withdraw, suspend, resume; leave the school."""

from __future__ import annotations

from flask_smorest import Blueprint

from contracts.enrollment import applications, placement
from gateway.api.routing import Command, add_routes

ROUTES = (
    Command(
        "/applications/{application_id}/withdraw",
        "enrollment",
        "withdraw_student",
        "Withdraw an enrolled pupil from a day on",
        placement.WithdrawStudent,
        applications.ApplicationState,
    ),
    Command(
        "/applications/{application_id}/suspend",
        "enrollment",
        "suspend_enrolment",
        "Suspend an enrolment from a day on, until a day or until it is resumed",
        placement.SuspendEnrolment,
        applications.ApplicationState,
    ),
    Command(
        "/applications/{application_id}/resume",
        "enrollment",
        "resume_enrolment",
        "Resume a suspended enrolment, or cancel a suspension ahead",
        placement.ResumeEnrolment,
        applications.ApplicationState,
    ),
    Command(
        "/students/{student_id}/transfer",
        "enrollment",
        "transfer_student",
        "Take a pupil who moves to another school off the register from a day on",
        placement.TransferStudent,
        placement.StudentLeaves,
    ),
)


def add_to(blueprint: Blueprint) -> None:
    """Add these routes."""
    add_routes(blueprint, ROUTES)
