"""Writes a plan: events, vault, marks and read models of one import, in one unit of work.

Part by part, so that memory holds the events of a thousand rows and not of all; yet everything
commits together, or nothing does.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from chassis.eventsourcing.envelope import from_row
from chassis.eventsourcing.log import TYPE
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.many_rows import have_grown
from contracts.enrollment.imports import RosterImported
from contracts.enrollment.people import GuardianRegistered
from services.enrollment.bulk import upsert
from services.enrollment.register.domain.events import SchoolEvent
from services.enrollment.register.domain.school import SCHOOL
from services.enrollment.register.domain.student import STUDENT
from services.enrollment.register.importing.plan import Plan, counts_of
from services.enrollment.register.importing.planning import ROWS_OF_A_PART
from services.enrollment.register.tables import imports, people
from services.enrollment.register.tables.marks import guardian_marks, student_marks
from services.enrollment.register.tables.people import guardianships, students

TABLES = (
    "events",
    "vault_keys",
    "vault",
    students.name,
    guardianships.name,
    student_marks.name,
    guardian_marks.name,
)
"""What a roster fills."""


def write(
    work: UnitOfWork, parts: Iterable[Plan], import_id: str, file_kind: str
) -> dict[str, int]:
    """Append and store everything in ``parts``; return how many rows came to what."""
    rows: list[dict[str, Any]] = []
    for part in parts:
        _write_part(work, part)
        rows += part.rows
    counts = counts_of(rows)
    work.append(
        f"import-{import_id}", [RosterImported(import_id=import_id, file_kind=file_kind, **counts)]
    )
    imports.keep_rows(work.connection, import_id, rows)
    if len(rows) >= ROWS_OF_A_PART:
        have_grown(work.connection, TABLES)
    return counts


def _write_part(work: UnitOfWork, plan: Plan) -> None:
    start = len(work.rows)
    _open_classes(work, plan)
    for guardian_id in plan.guardians:
        work.append(f"guardian-{guardian_id}", [GuardianRegistered(guardian_id=guardian_id)])
    for command in plan.created:
        events = STUDENT.decide(STUDENT.initial_state, command)
        work.append(f"student-{command.student_id}", events)
    streams = {f"student-{command.student_id}": command for command in plan.updated}
    states = work.load_many(STUDENT, list(streams))
    for stream_id, command in streams.items():
        work.append(stream_id, STUDENT.decide(states[stream_id], command))
    # Persons arrive by the thousand: their read models take one statement per type, not per event.
    registered = [row for row in work.rows[start:] if row[TYPE] in people.EVENTS]
    people.project_many(work.connection, [from_row(work.log.service, row) for row in registered])
    work.vault.put_many(plan.vault)
    upsert(work.connection, student_marks, plan.student_marks)
    upsert(work.connection, guardian_marks, list(plan.guardian_marks.values()))
    work.write_out()


def _open_classes(work: UnitOfWork, plan: Plan) -> None:
    if not plan.classes:
        return
    stream_id = f"school-{work.partition}"
    state = work.load(SCHOOL, stream_id)
    opened: list[SchoolEvent] = []
    for command in plan.classes:
        for event in SCHOOL.decide(state, command):
            state = SCHOOL.evolve(state, event)
            opened.append(event)
    work.append(stream_id, opened)
