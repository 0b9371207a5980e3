"""Puts on record who reads children's data and what for, before the answer goes out."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from flask import current_app, g

from gateway.accounts.reading import Read
from gateway.sessions import principal
from gateway.state import gateway

READINGS: Mapping[str, tuple[str, str]] = {
    "list_students": ("school_id", "roster"),
    "get_student": ("student_id", "record"),
    "list_applications": ("school_id", "enrolment"),
    "get_application": ("student_id", "enrolment"),
    "get_application_form": ("student_id", "enrolment"),
    "get_agreement_record": ("student_id", "enrolment"),
    "export_roster": ("school_id", "export"),
    "get_pack": ("school_id", "filing"),
    "list_priorities": ("student_id", "priority"),
    "my_places": ("student_id", "places"),
    "list_places": ("offering_id", "places"),
    "list_pupil_helpers": ("term_id", "helpers"),
    "list_charges": ("student_id", "fees"),
    "list_refunds": ("student_id", "fees"),
    "list_waivers": ("school_id", "fees"),
    "get_session": ("class_id", "roll"),
    "list_class_support": ("class_id", "roll"),
    "get_board": ("school_id", "pick-up"),
    "find_code": ("student_id", "pick-up"),
    "list_pickup_authorisations": ("student_id", "pick-up"),
    "get_pickup_code": ("student_id", "pick-up"),
    "child_today": ("student_id", "custody"),
    "list_incidents": ("school_id", "safety"),
}
"""Query → what names whose data it shows (a parameter, or a field of the answer) and what for."""

AGAIN_AFTER_SECONDS = 600
MAX_RECENT = 10_000
RECENT = "HP3_RECENT_READINGS"


def record_reading(operation: str, params: Mapping[str, Any], body: Mapping[str, Any]) -> None:
    """Keep that the caller reads this.

    A board that a page asks for every few seconds is one reading: the same person, operation and
    subject goes on record once in ten minutes.
    """
    parameter, purpose = READINGS[operation]
    subject = params.get(parameter) or body.get(parameter)
    if not subject:
        return
    reader = principal()
    recent: dict[tuple[str, str, str], float] = current_app.config.setdefault(RECENT, {})
    key = (reader.account_id, operation, str(subject))
    now = time.monotonic()
    if recent.get(key, 0.0) > now:
        return
    gateway().accounts.record_read(
        Read(
            at=gateway().clock.now().isoformat(),
            account_id=reader.account_id,
            role=reader.role,
            operation=operation,
            subject_kind=parameter.removesuffix("_id"),
            subject_id=str(subject),
            purpose=purpose,
            request_id=g.request_id,
        )
    )
    if len(recent) >= MAX_RECENT:
        recent.clear()
    recent[key] = now + AGAIN_AFTER_SECONDS
