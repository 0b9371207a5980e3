"""The proofs of a term's checklist that lie in the read models: what is there, by its name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from services.enrollment.application.tables import applications
from services.enrollment.listening.tables import notices, surveys
from services.enrollment.offerings.domain.content import FEATURES, template_gaps
from services.enrollment.offerings.domain.slots import daily_minutes
from services.enrollment.offerings.tables import offerings
from services.enrollment.plan.tables import plans
from services.enrollment.policy import profiles
from services.enrollment.policy.handlers import policy_values
from services.enrollment.term.tables import filings

CUSTODY = "after_school_custody"
NOTICES = ("service", "notice_letter", "info_prompt", "service_content")
SURVEYS = ("demand", "opinion")


def of_term(connection: Connection, school: dict[str, Any], term: dict[str, Any]) -> frozenset[str]:
    """Return every proof that is there for a term of a school."""
    term_id = term["term_id"]
    entries = plans.entries(connection, term_id)
    library = filings.library(connection, school["school_id"])
    planned = [
        each
        for each in offerings.of_term(connection, term_id)
        if each["standing"] in ("proposed", "open")
    ]
    values = policy_values.values_for(connection, school)
    return frozenset(
        {
            *entries,
            *(f"rule:{document}" for document in library),
            *_of_rules(library),
            *_of_offerings(planned, values, school["stage"]),
            *_of_curriculum(entries, planned),
            *(f"notice:{each['kind']}" for each in notices.published(connection, term_id, NOTICES)),
            *(f"survey:{each}" for each in SURVEYS if surveys.closed(connection, term_id, each)),
            *_of_policy(values, planned),
            *_of_families(connection, term_id),
        }
    )


def load_problems(
    planned: list[dict[str, Any]], values: dict[str, Any], stage: str
) -> dict[int, int]:
    """Return, by weekday, the minutes planned where they are more than the limit (P1-086)."""
    most = values["daily_service_minutes"].get(stage)
    slots = [offerings.slot_of(each) for each in planned]
    minutes = {day: daily_minutes(slots, day) for day in range(1, 8)}
    return {day: found for day, found in minutes.items() if most is not None and found > most}


def feature_share_bp(planned: list[dict[str, Any]]) -> int | None:
    """Return sport, art and clubs as a share of all feature minutes, in basis points (P1-034)."""
    minutes = {True: 0, False: 0}
    for each in planned:
        slot = offerings.slot_of(each)
        if each["content_kind"] in FEATURES | {"interest", "science", "outward_bound"}:
            minutes[each["content_kind"] in FEATURES] += slot.minutes * len(slot.weekdays)
    total = sum(minutes.values())
    return minutes[True] * 10_000 // total if total else None


def _of_rules(library: dict[str, Any]) -> Iterator[str]:
    if profiles.management_documents() <= set(library):
        yield "rules:management"


def _of_offerings(
    planned: list[dict[str, Any]], values: dict[str, Any], stage: str
) -> Iterator[str]:
    if CUSTODY not in values["service_kinds"].get(stage, []):
        yield "offerings:custody"
    if not planned:
        return
    yield "offerings:planned"
    yield from (f"subject:{each['subject']}" for each in planned if each["subject"])
    custody = [each for each in planned if each["service_kind"] == CUSTODY]
    if custody:
        yield "offerings:custody"
    days = [(day, each["content_kind"]) for each in custody for day in each["weekdays"]]
    if custody and not template_gaps(days, values["service_weekdays"]):
        yield "offerings:day_template"
    if not load_problems(planned, values, stage):
        yield "offerings:daily_load"


def _of_curriculum(entries: dict[str, Any], planned: list[dict[str, Any]]) -> Iterator[str]:
    # Flexible arrival stands on the national curriculum being taught in full (P2-017).
    arrives = any(each["service_kind"] == "flexible_arrival" for each in planned)
    if not arrives or "declaration:curriculum_complete" in entries:
        yield "declared:curriculum_complete"


def _of_policy(values: dict[str, Any], planned: list[dict[str, Any]]) -> Iterator[str]:
    custody = any(each["service_kind"] == CUSTODY for each in planned)
    if not custody or "primary_custody_end" in values:
        yield "policy:primary_custody_end"


def _of_families(connection: Connection, term_id: str) -> Iterator[str]:
    # Signing the agreement signs the statement of responsibility too, in one step (P1-100).
    if applications.any_enrolled(connection, term_id):
        yield "families:signed"
