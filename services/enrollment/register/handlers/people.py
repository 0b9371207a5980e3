"""Pupils as the school, the teacher, the gate and the family see them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from chassis.eventsourcing.handling import CommandHandler, Handles, Reading, Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from chassis.vault import Vault
from contracts.enrollment import people as said
from services.enrollment.register.domain.student import STUDENT, BlockGuardian
from services.enrollment.register.handlers import access, names
from services.enrollment.register.tables import people

READERS = access.STAFF | {"bureau"}


def list_students(reading: Reading, request: said.ListStudents) -> said.Students:
    school_id = access.school(reading.connection, request.school_id, reading.call)["school_id"]
    found = people.students_of(
        reading.connection,
        school_id,
        class_ids=_classes(request.class_id, reading.call),
        after=request.after,
        limit=request.limit,
        today=reading.call.today,
    )
    full = len(found) == request.limit
    shown = described(reading.vault, reading.connection, found, reading.call)
    items = tuple(said.Student(**each) for each in shown)
    return said.Students(items=items, next=items[-1].student_id if full else None)


def get_student(reading: Reading, request: said.GetStudent) -> said.Student:
    pupil = access.student(reading.connection, request.student_id, reading.call)
    links = people.guardians_of(reading.connection, pupil["student_id"])
    called = names.for_caller(
        reading.vault, reading.connection, [each["guardian_id"] for each in links], reading.call
    )
    guardians = tuple(
        said.GuardianOf(
            guardian_id=each["guardian_id"],
            name=called.get(each["guardian_id"], ""),
            relation=each["relation"],
            blocked=bool(each["blocked"]),
        )
        for each in links
    )
    shown = described(reading.vault, reading.connection, [pupil], reading.call)[0]
    return said.Student(**shown, guardians=guardians)


def block_guardian(
    work: UnitOfWork, request: said.BlockGuardian, call: Call
) -> Reply[said.BlockState]:
    """Keep a guardian from a pupil, with the proof on record."""
    return _block(work, request, call, blocked=True)


def unblock_guardian(
    work: UnitOfWork, request: said.BlockGuardian, call: Call
) -> Reply[said.BlockState]:
    """Let a guardian see and decide again."""
    return _block(work, request, call, blocked=False)


def _block(
    work: UnitOfWork, request: said.BlockGuardian, call: Call, *, blocked: bool
) -> Reply[said.BlockState]:
    student_id = access.student(work.connection, request.student_id, call)["student_id"]
    command = BlockGuardian(student_id=student_id, guardian_id=request.guardian_id, blocked=blocked)
    decision = work.execute(STUDENT, f"student-{student_id}", command)
    if decision.events:
        field = f"block-{request.guardian_id}"[:64]
        work.vault.put(student_id, **{field: request.proof})
    body = said.BlockState(student_id=student_id, guardian_id=request.guardian_id, blocked=blocked)
    return Reply(body, decision.version)


def described(
    vault: Vault, connection: Connection, pupils: Sequence[dict[str, Any]], call: Call
) -> list[dict[str, Any]]:
    """Return pupils with their names and classes."""
    called = names.for_caller(vault, connection, [each["student_id"] for each in pupils], call)
    classes = names.class_names(connection, {each["class_id"] for each in pupils})
    return [
        {
            **each,
            "class_name": classes[each["class_id"]]["name"],
            "grade": classes[each["class_id"]]["grade"],
            "name": called.get(each["student_id"], ""),
        }
        for each in pupils
    ]


def _classes(wanted: str | None, call: Call) -> list[str] | None:
    if call.principal.role != "teacher":
        return [wanted] if wanted else None
    own = call.principal.class_ids
    return [each for each in own if wanted in (None, each)]


HANDLES: Handles = {
    said.BLOCK_GUARDIAN: CommandHandler(block_guardian, access.of_student),
    said.UNBLOCK_GUARDIAN: CommandHandler(unblock_guardian, access.of_student),
    said.LIST_STUDENTS: list_students,
    said.GET_STUDENT: get_student,
    said.GET_NAMES: names.get_names,
}
