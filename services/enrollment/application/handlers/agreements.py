"""The agreement and the letter of responsibility: as they will be, or were, signed."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection

from chassis.eventsourcing.handling import Handles, Reading
from contracts.enrollment import agreements as said
from services.enrollment.application.handlers import scope
from services.enrollment.policy import profiles
from services.enrollment.register.handlers import names
from services.enrollment.register.tables import schools

SERVICES = {
    "after_school_custody": "课后托管",
    "flexible_arrival": "弹性上学",
    "lunch": "在校午餐",
    "nap": "在校午休",
    "morning_self_study": "早自习",
    "evening_self_study": "晚自习",
    "interest_activity": "兴趣活动",
}


def text(connection: Connection, agreement: profiles.Agreement, row: dict[str, Any]) -> str:
    """Return the agreement of one application. It names persons by id only."""
    school = schools.school(connection, row["school_id"])
    term = schools.term(connection, row["term_id"])
    assert school is not None
    assert term is not None
    return agreement.render(
        {
            "school_id": school["school_id"],
            "school_name": school["name"],
            "student_id": row["student_id"],
            "guardian_id": row["guardian_id"],
            "term_name": term["name"],
            "first_day": term["first_day"],
            "last_day": term["last_day"],
            "service_kinds": "、".join(SERVICES[kind] for kind in row["service_kinds"]),
        }
    )


def letter_of(row: dict[str, Any], today: date) -> profiles.Agreement | None:
    """Return the letter that goes with the agreement, or None where none was signed with it."""
    if row["agreement_version"] is None:
        return profiles.current_letter(today)
    version = row["letter_version"]
    return profiles.letters()[version] if version else None


def get_agreement(reading: Reading, request: said.GetAgreement) -> said.Agreement:
    row = scope.application(reading.connection, request.application_id, reading.call)
    signed = row["agreement_version"] is not None
    agreement = (
        profiles.agreements()[row["agreement_version"]]
        if signed
        else profiles.current_agreement(reading.call.today)
    )
    reader = reading.call.principal.person_id if reading.call.principal.role == "guardian" else None
    guardian_id = row["signed_by"] or reader or row["guardian_id"]
    signer = {**row, "guardian_id": guardian_id}
    shown = text(reading.connection, agreement, signer)
    letter = letter_of(row, reading.call.today)
    letter_text = text(reading.connection, letter, signer) if letter else None
    persons = {"student": row["student_id"], "guardian": guardian_id}
    called = names.for_caller(reading.vault, reading.connection, persons.values(), reading.call)
    return said.Agreement(
        application_id=row["application_id"],
        agreement_version=agreement.version,
        text=shown,
        text_sha256=profiles.sha256(shown),
        letter_version=letter.version if letter else None,
        letter_text=letter_text,
        letter_sha256=profiles.sha256(letter_text) if letter_text else None,
        parties={party: called.get(who, "") for party, who in persons.items()},
        signed=signed,
    )


HANDLES: Handles = {
    said.GET_AGREEMENT: get_agreement,
}
