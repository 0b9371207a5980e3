"""What the school office and the bureau read of plans: one list of what is missing, and reviews."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Connection

from chassis.eventsourcing.application import QueryRoute, Request
from chassis.kernel.call import Call
from chassis.vault import Vault
from contracts.enrollment import plans as requests
from services.enrollment import profiles
from services.enrollment.domain.plan import errors
from services.enrollment.domain.plan.checklist import duty_name, is_done, is_excused
from services.enrollment.handlers import (
    access,
    answerable,
    pack,
    policy_values,
    proofs,
    staff_leaving,
)
from services.enrollment.handlers.plan import of_term, subject
from services.enrollment.projections import applications, offerings, people, plans, schools

NEXT = {
    "none": "draft_plan",
    "survey": "begin_preparation",
    "preparation": "submit_plan",
    "returned": "submit_plan",
    "submitted": "wait",
    "approved": "start_service",
    "running": "none",
    "closed": "none",
}
READERS = access.OFFICE | access.BUREAU | {"school_finance", "teacher"}
LEAST_CONTACTS = 2
"""Every pupil has two contacts who can be reached."""


def get_term_plan(
    vault: Vault, connection: Connection, request: Request, call: Call
) -> dict[str, Any]:
    school_id = of_term(connection, request, call)
    term = access.term(connection, request["term_id"], school_id)
    school = access.school(connection, school_id, call)
    plan = plans.plan(connection, term["term_id"])
    standing = plan["standing"] if plan else "none"
    texts = _texts(vault, connection, term["term_id"])
    checklist = _checklist(texts, connection, school, term)
    planned = offerings.of_term(connection, term["term_id"])
    return {
        "term_id": term["term_id"],
        "school_id": school_id,
        "standing": standing,
        "version": plan["version"] if plan else 0,
        "in_force": plan["in_force"] if plan else None,
        "first_day": term["first_day"],
        "last_day": term["last_day"],
        "checklist": checklist,
        "missing": sum(each["state"] == "missing" for each in checklist),
        "next": NEXT[standing],
        "answerable": answerable.of_term(vault, connection, school, term["term_id"], planned),
        "teachers_leaving": staff_leaving.teachers_leaving(
            vault, connection, school_id, term["term_id"], planned
        ),
        "reviews": [_review(texts, each) for each in plans.reviews(connection, term["term_id"])],
        "meetings": answerable.meetings(vault, connection, term["term_id"], call),
        "disclosed": "disclosure" in plans.entries(connection, term["term_id"]),
        "feature_share_bp": proofs.feature_share_bp(planned),
        "contacts_short": _contacts_short(connection, term["term_id"]),
        "applications_open": plan is not None and plan["in_force"] is not None,
    }


def get_disclosure(
    vault: Vault, connection: Connection, request: Request, _call: Call
) -> dict[str, Any]:
    """The public page of a school's service: mode, content, safety measures (P2-048)."""
    term = schools.term(connection, request["term_id"])
    found = _texts(vault, connection, request["term_id"])
    if term is None or "mode" not in found:
        raise errors.PlanUnknown(
            "学校还没有公开这个学期的服务内容。",
            "The school has not disclosed this term's service.",
        )
    school = schools.school(connection, term["school_id"])
    assert school is not None
    return {
        "term_id": term["term_id"],
        "school_id": school["school_id"],
        "school_name": school["name"],
        **{name: found[name] for name in ("mode", "content", "safety_measures")},
        "text_sha256": found["sha256"],
    }


def list_district_plans(
    vault: Vault, connection: Connection, request: Request, call: Call
) -> dict[str, Any]:
    """What waits for the bureau: reviews with days waiting, filings missing or late."""
    district = access.district(connection, request["district_id"], call)
    here = {
        each["school_id"]: each for each in schools.in_district(connection, district["district_id"])
    }
    reviews = [
        _waiting(connection, here, each, call) for each in plans.waiting(connection, list(here))
    ]
    filed = [
        pack.state(connection, school, term, call)
        for school in here.values()
        for term in schools.terms_of(connection, school["school_id"])
        if term["first_day"] <= call.today.isoformat()
    ]
    filed.sort(key=lambda each: (-each["days_overdue"], each["school_name"]))
    return {"reviews": reviews, "filings": filed}


def _waiting(
    connection: Connection, here: dict[str, Any], review: dict[str, Any], call: Call
) -> dict[str, Any]:
    term = schools.term(connection, review["term_id"])
    assert term is not None
    since = datetime.fromisoformat(review["submitted_at"])
    return {
        "term_id": review["term_id"],
        "term_name": term["name"],
        "school_id": review["school_id"],
        "school_name": here[review["school_id"]]["name"],
        "version": review["version"],
        "submitted_at": review["submitted_at"],
        "days_waiting": (call.now - since) // timedelta(days=1),
    }


def _texts(vault: Vault, connection: Connection, term_id: str) -> dict[str, str]:
    return vault.session(connection).get_many([subject(term_id)]).get(subject(term_id), {})


def _checklist(
    texts: dict[str, str],
    connection: Connection,
    school: dict[str, Any],
    term: dict[str, Any],
) -> list[dict[str, Any]]:
    there = proofs.of_term(connection, school, term)
    known = profiles.checklist()
    items = []
    for item in policy_values.checklist(connection, school):
        excused = is_excused(item, there)
        items.append(
            {
                "item": item.item,
                "stage": item.stage,
                "state": _state(is_done(item, there), excused),
                "explainable": item.explainable,
                "clauses": list(known[item.item].clauses),
                "name": {"zh": item.zh, "en": item.en},
                "reason": texts.get(f"omission-{item.item}") if excused else None,
            }
        )
    return [*items, *_duties(connection, school, there)]


def _duties(
    connection: Connection, school: dict[str, Any], there: frozenset[str]
) -> list[dict[str, Any]]:
    return [
        {
            "item": f"duty:{duty}",
            "stage": "preparation",
            "state": _state(f"duty:{duty}" in there, excused=False),
            "explainable": False,
            "clauses": ["P1-023", "P1-076"],
            "name": _duty_item(duty),
            "reason": None,
        }
        for duty in policy_values.value(connection, school, "required_duties")
    ]


def _duty_item(duty: str) -> dict[str, str]:
    zh, en = duty_name(duty)
    return {"zh": f"岗位落实到人：{zh}", "en": f"a named person for the duty: {en}"}


def _state(done: bool, excused: bool) -> str:
    return "done" if done else "explained" if excused else "missing"


def _review(texts: dict[str, str], review: dict[str, Any]) -> dict[str, Any]:
    named = ("version", "submitted_at", "decided_at", "outcome", "items", "documents")
    return {
        **{name: review[name] for name in named},
        "reason": texts.get(f"review-{review['version']}"),
    }


def _contacts_short(connection: Connection, term_id: str) -> int:
    enrolled = applications.students_in_state(connection, term_id, "enrolled")
    contacts = people.contacts_of(connection, enrolled)
    return sum(contacts.get(student_id, 0) < LEAST_CONTACTS for student_id in enrolled)


def queries(vault: Vault) -> dict[str, QueryRoute]:
    """Return the queries of this module."""
    return {
        "get_term_plan": QueryRoute(partial(get_term_plan, vault), READERS),
        "get_disclosure": QueryRoute(partial(get_disclosure, vault), access.EVERYBODY),
        "list_district_plans": QueryRoute(
            partial(list_district_plans, vault), access.BUREAU, requests.ListPlans()
        ),
    }
