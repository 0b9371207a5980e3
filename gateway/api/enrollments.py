"""From application to enrolment: apply, accept, publish, confirm, sign."""

from __future__ import annotations

from flask_smorest import Blueprint

from contracts.enrollment import applications, requests
from gateway.api.routing import Command, Query, add_routes

ROUTES = (
    Query(
        "/schools/{school_id}/applications",
        "enrollment",
        "list_applications",
        "List a school's applications",
        requests.ListApplications,
        applications.Applications,
    ),
    Command(
        "/schools/{school_id}/applications",
        "enrollment",
        "submit_application",
        "Apply for a pupil",
        requests.SubmitApplication,
        applications.ApplicationState,
    ),
    Command(
        "/schools/{school_id}/applications:decline",
        "enrollment",
        "decline_participation",
        "Say that a pupil does not take part",
        requests.DeclineParticipation,
        applications.ApplicationState,
    ),
    Query(
        "/applications/{application_id}",
        "enrollment",
        "get_application",
        "Show an application",
        None,
        applications.Application,
    ),
    Command(
        "/applications/{application_id}/review",
        "enrollment",
        "review_application",
        "Give the class teacher's view of an application",
        requests.ReviewApplication,
        applications.ApplicationState,
    ),
    Command(
        "/applications/{application_id}/assent",
        "enrollment",
        "record_pupil_assent",
        "Record what the pupil says; no ends what is open or signed",
        requests.RecordPupilAssent,
        applications.ApplicationState,
    ),
    Command(
        "/applications/{application_id}/accept",
        "enrollment",
        "accept_application",
        "Accept an application",
        None,
        applications.ApplicationState,
    ),
    Command(
        "/applications/{application_id}/reject",
        "enrollment",
        "reject_application",
        "Reject an application with a reason for the family",
        requests.RejectApplication,
        applications.ApplicationState,
    ),
    Query(
        "/schools/{school_id}/publicities",
        "enrollment",
        "list_publicities",
        "List the lists a school has published",
        None,
        applications.Publicities,
    ),
    Command(
        "/schools/{school_id}/publicities",
        "enrollment",
        "publish_list",
        "Publish the list of accepted pupils",
        requests.PublishList,
        applications.Publicity,
    ),
    Query(
        "/publicities/{publicity_id}",
        "enrollment",
        "get_publicity",
        "Show a published list, names masked",
        None,
        applications.Publicity,
    ),
    Query(
        "/publicities/{publicity_id}/objections",
        "enrollment",
        "list_objections",
        "List the objections to a published list",
        None,
        applications.Objections,
    ),
    Command(
        "/publicities/{publicity_id}/objections",
        "enrollment",
        "raise_objection",
        "Raise an objection while a list is shown",
        requests.RaiseObjection,
        applications.ObjectionState,
    ),
    Command(
        "/publicities/{publicity_id}/objections:resolve",
        "enrollment",
        "resolve_objection",
        "Resolve an objection with an answer",
        requests.ResolveObjection,
        applications.ObjectionState,
    ),
    Command(
        "/publicities/{publicity_id}/confirm",
        "enrollment",
        "confirm_list",
        "Confirm a list whose period of publication is over",
        None,
        applications.Publicity,
    ),
    Query(
        "/applications/{application_id}/agreement",
        "enrollment",
        "get_agreement",
        "Show the agreement to sign",
        None,
        applications.Agreement,
    ),
    Command(
        "/applications/{application_id}/sign-agreement",
        "enrollment",
        "sign_agreement",
        "Sign the agreement; this enrols the pupil",
        requests.SignAgreement,
        applications.ApplicationState,
    ),
)


def add_to(blueprint: Blueprint) -> None:
    """Add these routes."""
    add_routes(blueprint, ROUTES)
