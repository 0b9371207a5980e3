"""Role × operation, over HTTP and the real services: who may not is told so, everywhere."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from chassis.kernel.call import SCHOOL_ROLES
from contracts.shapes import Operation
from tests.integration.gateway.bodies import fields_of, sensible_body
from tests.integration.gateway.conftest import ROLES, Platform
from tests.integration.gateway.routes import ROUTES, is_post, path_of


def send(platform: Platform, route: Operation, role: str, client: FlaskClient) -> Any:
    path = "/api/v1" + re.sub(r"\{\w+\}", "x1", path_of(route))
    headers = {**platform.as_(role), "Idempotency-Key": "k"}
    if is_post(route):
        return client.post(path, json={}, headers=headers)
    return client.get(path, headers=headers)


@pytest.mark.clause("P1-005")
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.service}.{route.name}")
def test_only_the_roles_of_an_operation_get_past_the_door(platform: Platform, route: Operation):
    allowed = route.roles
    client = platform.app.test_client()

    for role in ROLES:
        response = send(platform, route, role, client)
        refused = response.status_code == 403 and response.json["code"] == "not-permitted"
        assert refused is (role not in allowed), (role, response.text)
        assert response.status_code < 500, (role, response.text)


THE_SCHOOLS_WORK = {
    "import_roster",
    "open_term",
    "register_staff",
    "submit_application",
    "decline_participation",
    "accept_application",
    "reject_application",
    "publish_list",
    "confirm_list",
    "sign_agreement",
    "publish_notice",
    "read_notice",
    "open_survey",
    "answer_survey",
    "close_survey",
    "answer_opinion",
    "publish_improvement",
    "withdraw_student",
    "suspend_enrolment",
    "resume_enrolment",
    "transfer_student",
    "set_tariff",
    "run_charges",
    "grant_waiver",
    "record_payment",
    "open_session",
    "take_roll",
    "authorise_pickup",
    "revoke_pickup",
    "issue_pickup_code",
    "hand_over",
    "refuse_pickup",
    "report_incident",
    "notify_guardian",
    "record_screening",
    "sign_responsibility_statement",
    "draft_plan",
    "establish_leading_group",
    "set_management_team",
    "assign_duty",
    "record_stage_activity",
    "make_declaration",
    "disclose_service",
    "explain_omission",
    "begin_preparation",
    "submit_plan",
    "revise_plan",
    "start_service",
    "close_plan",
    "publish_rule",
    "file_pack",
    "volunteer_for_duty",
    "withdraw_volunteering",
    "register_venue",
    "propose_offering",
    "amend_offering",
    "open_offering",
    "close_offering",
    "submit_session_content",
    "substitute_session",
    "approve_session_content",
    "return_session_content",
    "choose_offerings",
    "allocate_places",
    "request_place",
    "give_up_place",
    "accept_place",
    "change_capacity",
    "review_application",
    "record_pupil_assent",
    "resolve_objection",
    "appoint_pupil_helper",
    "end_pupil_helper",
    "admit_provider",
    "remove_provider",
}


@pytest.mark.clause("P1-005")
def test_a_bureau_supervises_but_never_does_the_schools_work(platform: Platform):
    client = platform.app.test_client()
    tried = set()

    for route in ROUTES:
        if route.name in THE_SCHOOLS_WORK:
            tried.add(route.name)
            assert send(platform, route, "bureau", client).status_code == 403, route.name
    upload = client.post(
        "/api/v1/schools/x1/imports",
        data={"file": (io.BytesIO(b"x"), "r.csv")},
        headers={**platform.as_("bureau"), "Idempotency-Key": "k"},
    )

    assert upload.status_code == 403
    assert tried | {"import_roster"} == THE_SCHOOLS_WORK


@pytest.mark.clause("P1-005")
def test_a_schools_own_roles_command_their_own_school_only(
    platform: Platform, spec: dict[str, Any]
):
    client = platform.app.test_client()
    tried = 0

    for route in ROUTES:
        if not is_post(route) or "{school_id}" not in path_of(route) or route.posted:
            continue
        body = sensible_body(fields_of(spec, route))
        roles = route.roles
        for role in roles & SCHOOL_ROLES:
            headers = {**platform.as_(role), "Idempotency-Key": f"{route.name}-{role}"}
            path = "/api/v1" + path_of(route).replace("{school_id}", "x2")
            response = client.post(path, json=body, headers=headers)
            assert response.status_code == 404, (route.name, role, response.text)
            tried += 1

    assert tried > 10


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.service}.{route.name}")
def test_nobody_gets_past_the_door_without_a_login(platform: Platform, route: Operation):
    client = platform.app.test_client()
    path = "/api/v1" + re.sub(r"\{\w+\}", "x1", path_of(route))
    headers = {"Idempotency-Key": "k"}

    response = (
        client.post(path, json={}, headers=headers)
        if is_post(route)
        else client.get(path, headers=headers)
    )

    assert (response.status_code, response.json["code"]) == (401, "not-authenticated")
