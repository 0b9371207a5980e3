"""Volunteers, venues, offerings and the content of their sessions."""

from __future__ import annotations

from flask_smorest import Blueprint

from contracts.enrollment import offerings
from gateway.api.routing import Command, Query, add_routes

ROUTES = (
    Query(
        "/terms/{term_id}/volunteers",
        "enrollment",
        "list_volunteers",
        "List who volunteered and whether they may be given a session",
        None,
        offerings.Volunteers,
    ),
    Query(
        "/terms/{term_id}/volunteers/me",
        "enrollment",
        "my_duty",
        "Show whether one has volunteered and may be given a session",
        None,
        offerings.OwnDuty,
    ),
    Command(
        "/terms/{term_id}/volunteers",
        "enrollment",
        "volunteer_for_duty",
        "Volunteer to serve in a term, by the person",
        None,
        offerings.Volunteer,
    ),
    Command(
        "/terms/{term_id}/volunteers:withdraw",
        "enrollment",
        "withdraw_volunteering",
        "Take the consent to serve back, with notice",
        offerings.WithdrawVolunteering,
        offerings.Volunteer,
    ),
    Query(
        "/schools/{school_id}/venues",
        "enrollment",
        "list_venues",
        "List a school's venues, their equipment and when they are used",
        None,
        offerings.Venues,
    ),
    Command(
        "/schools/{school_id}/venues",
        "enrollment",
        "register_venue",
        "Register a venue, or correct it",
        offerings.RegisterVenue,
        offerings.Venue,
    ),
    Query(
        "/terms/{term_id}/offerings",
        "enrollment",
        "list_offerings",
        "List a term's offerings with free places",
        offerings.ListOfferings,
        offerings.Offerings,
    ),
    Command(
        "/terms/{term_id}/offerings",
        "enrollment",
        "propose_offering",
        "Propose an offering",
        offerings.ProposeOffering,
        offerings.Offering,
    ),
    Command(
        "/offerings/{offering_id}/amend",
        "enrollment",
        "amend_offering",
        "Amend an offering",
        offerings.AmendOffering,
        offerings.Offering,
    ),
    Command(
        "/offerings/{offering_id}/return",
        "enrollment",
        "return_offering",
        "Return an offering to the school with a reason",
        offerings.ReturnOffering,
        offerings.Offering,
    ),
    Command(
        "/offerings/{offering_id}/open",
        "enrollment",
        "open_offering",
        "Open an offering to families",
        None,
        offerings.Offering,
    ),
    Command(
        "/offerings/{offering_id}/close",
        "enrollment",
        "close_offering",
        "Close an offering",
        None,
        offerings.Offering,
    ),
    Query(
        "/offerings/{offering_id}/sessions",
        "enrollment",
        "list_session_contents",
        "List the planned sessions of an offering",
        None,
        offerings.Contents,
    ),
    Command(
        "/offerings/{offering_id}/sessions",
        "enrollment",
        "submit_session_content",
        "Submit what is to be done on one day",
        offerings.SubmitSessionContent,
        offerings.Content,
    ),
    Command(
        "/offerings/{offering_id}/sessions:substitute",
        "enrollment",
        "substitute_session",
        "Give a day to another teacher or other content",
        offerings.SubstituteSession,
        offerings.Content,
    ),
    Command(
        "/offerings/{offering_id}/sessions:approve",
        "enrollment",
        "approve_session_content",
        "Approve a session's content, with guidance",
        offerings.ApproveSessionContent,
        offerings.Content,
    ),
    Command(
        "/offerings/{offering_id}/sessions:return",
        "enrollment",
        "return_session_content",
        "Return a session's content with a reason",
        offerings.ReturnSessionContent,
        offerings.Content,
    ),
)


def add_to(blueprint: Blueprint) -> None:
    """Add these routes."""
    add_routes(blueprint, ROUTES)
