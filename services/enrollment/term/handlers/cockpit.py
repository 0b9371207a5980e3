"""What the school office and the bureau read of plans: one list of what is missing, and reviews."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from chassis.eventsourcing.handling import Handles, Reading
from chassis.kernel.call import Call
from chassis.kernel.texts import words
from chassis.vault import Vault
from contracts.enrollment import term_plan as said
from contracts.enrollment.plans import OnPlan
from contracts.enrollment.policy import TwoLanguages
from services.enrollment.application.tables import applications
from services.enrollment.offerings.tables import offerings
from services.enrollment.plan.domain import errors
from services.enrollment.plan.tables import plans
from services.enrollment.policy import profiles
from services.enrollment.policy.domain.checklist import is_done, is_excused
from services.enrollment.policy.handlers import policy_values, scope
from services.enrollment.register.handlers import access
from services.enrollment.register.handlers.access import of_term
from services.enrollment.register.tables import people, schools
from services.enrollment.term.handlers import answerable, pack, proofs, staff_leaving
from services.enrollment.term.handlers.plan import subject

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


def get_term_plan(reading: Reading, request: OnPlan) -> said.TermPlan:
    vault, connection = reading.vault, reading.connection
    school_id = of_term(connection, request, reading.call)
    term = access.term(connection, request.term_id, school_id)
    term_id = term["term_id"]
    school = access.school(connection, school_id, reading.call)
    plan = plans.plan(connection, term_id)
    standing = plan["standing"] if plan else "none"
    texts = _texts(vault, connection, term_id)
    checklist = _checklist(texts, connection, school, term)
    planned = offerings.of_term(connection, term_id)
    return said.TermPlan(
        term_id=term_id,
        school_id=school_id,
        standing=standing,
        version=plan["version"] if plan else 0,
        in_force=plan["in_force"] if plan else None,
        first_day=term["first_day"],
        last_day=term["last_day"],
        checklist=checklist,
        missing=sum(each.state == "missing" for each in checklist),
        next=NEXT[standing],
        answerable=answerable.of_term(vault, connection, school, term_id, planned),
        teachers_leaving=staff_leaving.teachers_leaving(
            vault, connection, school_id, term_id, planned
        ),
        reviews=tuple(_review(texts, each) for each in plans.reviews(connection, term_id)),
        meetings=answerable.meetings(vault, connection, term_id, reading.call),
        disclosed="disclosure" in plans.entries(connection, term_id),
        feature_share_bp=proofs.feature_share_bp(planned),
        contacts_short=_contacts_short(connection, term_id),
        applications_open=plan is not None and plan["in_force"] is not None,
    )


def get_disclosure(reading: Reading, request: OnPlan) -> said.Disclosure:
    """The public page of a school's service: mode, content, safety measures (P2-048)."""
    term = schools.term(reading.connection, request.term_id)
    found = _texts(reading.vault, reading.connection, request.term_id)
    if term is None or "mode" not in found:
        raise errors.PlanUnknown("not-disclosed")
    school = schools.school(reading.connection, term["school_id"])
    assert school is not None
    return said.Disclosure(
        term_id=term["term_id"],
        school_id=school["school_id"],
        school_name=school["name"],
        mode=found["mode"],
        content=found["content"],
        safety_measures=found["safety_measures"],
        text_sha256=found["sha256"],
    )


def list_district_plans(reading: Reading, request: said.ListPlans) -> said.DistrictPlans:
    """What waits for the bureau: reviews with days waiting, filings missing or late."""
    district = scope.district(reading.connection, request.district_id, reading.call)
    here = {
        each["school_id"]: each
        for each in schools.in_district(reading.connection, district["district_id"])
    }
    reviews = tuple(
        _waiting(reading.connection, here[each.school_id]["name"], each, reading.call)
        for each in plans.waiting(reading.connection, list(here))
    )
    filed = [
        pack.state(reading.connection, school, term, reading.call)
        for school in here.values()
        for term in schools.terms_of(reading.connection, school["school_id"])
        if term["first_day"] <= reading.call.today.isoformat()
    ]
    filed.sort(key=lambda each: (-each.days_overdue, each.school_name))
    return said.DistrictPlans(reviews=reviews, filings=tuple(filed))


def _waiting(
    connection: Connection, school_name: str, review: plans.Review, call: Call
) -> said.WaitingReview:
    term = schools.term(connection, review.term_id)
    assert term is not None
    since = datetime.fromisoformat(review.submitted_at)
    return said.WaitingReview(
        term_id=review.term_id,
        term_name=term["name"],
        school_id=review.school_id,
        school_name=school_name,
        version=review.version,
        submitted_at=review.submitted_at,
        days_waiting=(call.now - since) // timedelta(days=1),
    )


def _texts(vault: Vault, connection: Connection, term_id: str) -> dict[str, str]:
    return vault.session(connection).get_many([subject(term_id)]).get(subject(term_id), {})


def _checklist(
    texts: dict[str, str],
    connection: Connection,
    school: dict[str, Any],
    term: dict[str, Any],
) -> tuple[said.ChecklistItem, ...]:
    there = proofs.of_term(connection, school, term)
    known = profiles.checklist()
    items = []
    for item in policy_values.checklist(connection, school):
        excused = is_excused(item, there)
        items.append(
            said.ChecklistItem(
                item=item.item,
                stage=item.stage,
                state=_state(is_done(item, there), excused),
                explainable=item.explainable,
                clauses=known[item.item].clauses,
                name=TwoLanguages(zh=item.zh, en=item.en),
                reason=texts.get(f"omission-{item.item}") if excused else None,
            )
        )
    return (*items, *_duties(connection, school, there))


def _duties(
    connection: Connection, school: dict[str, Any], there: frozenset[str]
) -> Iterator[said.ChecklistItem]:
    for duty in policy_values.value(connection, school, "required_duties"):
        yield said.ChecklistItem(
            item=f"duty:{duty}",
            stage="preparation",
            state=_state(f"duty:{duty}" in there, excused=False),
            explainable=False,
            clauses=("P1-023", "P1-076"),
            name=_duty_item(duty),
            reason=None,
        )


def _duty_item(duty: str) -> TwoLanguages:
    called = words(errors.__name__, "open_duties").get(duty, {"zh": duty, "en": duty})
    return TwoLanguages(
        zh=f"岗位落实到人：{called['zh']}",
        en=f"a named person for the duty: {called['en']}",
    )


def _state(done: bool, excused: bool) -> str:
    return "done" if done else "explained" if excused else "missing"


def _review(texts: dict[str, str], review: plans.Review) -> said.Review:
    return said.Review(
        version=review.version,
        submitted_at=review.submitted_at,
        decided_at=review.decided_at,
        outcome=review.outcome,
        items=tuple(review.items),
        reason=texts.get(f"review-{review.version}"),
        documents=review.documents,
    )


def _contacts_short(connection: Connection, term_id: str) -> int:
    enrolled = applications.students_in_state(connection, term_id, "enrolled")
    contacts = people.contacts_of(connection, enrolled)
    return sum(contacts.get(student_id, 0) < LEAST_CONTACTS for student_id in enrolled)


HANDLES: Handles = {
    said.GET_TERM_PLAN: get_term_plan,
    said.GET_DISCLOSURE: get_disclosure,
    said.LIST_DISTRICT_PLANS: list_district_plans,
}
