"""Applications as the school's office works through them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from chassis.eventsourcing.handling import Handles, Reading
from chassis.kernel.call import Call
from chassis.vault import Vault
from contracts.enrollment import applications as said
from services.enrollment.application.handlers import family, scope
from services.enrollment.application.tables import applications, placements
from services.enrollment.register.handlers import access
from services.enrollment.register.handlers import people as pupils
from services.enrollment.register.tables import people

MOST_PUPILS = 500
"""More than a teacher's classes have together."""


def list_applications(reading: Reading, request: said.ListApplications) -> said.Applications:
    school = access.school(reading.connection, request.school_id, reading.call)
    found = applications.of_school(
        reading.connection,
        school["school_id"],
        state=request.state,
        term_id=request.term_id,
        after=request.after,
        limit=request.limit,
        student_ids=_own_pupils(reading.connection, school["school_id"], reading.call),
    )
    full = len(found) == request.limit
    items = _described(reading.vault, reading.connection, found, reading.call)
    return said.Applications(items=items, next=items[-1].application_id if full else None)


def _own_pupils(connection: Connection, school_id: str, call: Call) -> list[str] | None:
    """Return the pupils whose applications a class teacher reads; None: the whole school's."""
    if call.principal.role != "teacher":
        return None
    own = call.principal.class_ids
    return [
        each["student_id"]
        for each in people.students_of(
            connection, school_id, class_ids=own, after=None, limit=MOST_PUPILS, today=call.today
        )
    ]


def get_application(reading: Reading, request: said.GetApplication) -> said.Application:
    row = scope.application(reading.connection, request.application_id, reading.call)
    return _described(reading.vault, reading.connection, [row], reading.call)[0]


def _described(
    vault: Vault, connection: Connection, rows: Sequence[dict[str, Any]], call: Call
) -> tuple[said.Application, ...]:
    found = people.students_by_id(connection, [row["student_id"] for row in rows])
    placed = placements.of_applications(connection, [row["application_id"] for row in rows])
    rows = [
        {**row, **placements.shown(placed.get(row["application_id"]), call.today)} for row in rows
    ]
    notes = _review_notes(vault, connection, rows, call)
    shown = {
        each["student_id"]: each
        for each in pupils.described(vault, connection, list(found.values()), call)
    }
    return tuple(
        said.Application(
            application_id=row["application_id"],
            school_id=row["school_id"],
            student_id=row["student_id"],
            student_name=shown[row["student_id"]]["name"],
            class_id=shown[row["student_id"]]["class_id"],
            class_name=shown[row["student_id"]]["class_name"],
            term_id=row["term_id"],
            guardian_id=row["guardian_id"],
            service_kinds=tuple(row["service_kinds"]),
            state=row["state"],
            submitted_at=row["submitted_at"],
            publicity_id=row["publicity_id"],
            # Who decides nothing about one family does not read why.
            reason=None
            if call.principal.role in ("bureau", "teacher")
            else family.reason_of(vault, connection, row),
            pupil_assents=None if row["pupil_assents"] is None else bool(row["pupil_assents"]),
            class_review=row["class_review"],
            review_note=notes.get(row["application_id"]),
            withdrawn_on=row["withdrawn_on"],
            suspended_from=row["suspended_from"],
            suspended_until=row["suspended_until"],
        )
        for row in rows
    )


def _review_notes(
    vault: Vault, connection: Connection, rows: Sequence[dict[str, Any]], call: Call
) -> dict[str, str]:
    """Return what class teachers noted; only the office and the teacher read it."""
    if call.principal.role not in ("school_office", "teacher"):
        return {}
    reviewed = [row["application_id"] for row in rows if row["class_review"]]
    held = vault.session(connection).get_many(reviewed)
    return {who: texts["class_review"] for who, texts in held.items() if texts.get("class_review")}


HANDLES: Handles = {
    said.LIST_APPLICATIONS: list_applications,
    said.GET_APPLICATION: get_application,
}
