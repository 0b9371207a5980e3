"""Pupils as the school, the teacher, the gate and the family see them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy import Connection

from chassis.eventsourcing.application import CommandRoute, QueryRoute, Reply, Request
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from chassis.vault import Vault
from contracts.enrollment import requests
from services.enrollment.domain.student import STUDENT, BlockGuardian
from services.enrollment.handlers import access, names
from services.enrollment.projections import people

READERS = access.STAFF | {"bureau"}


def list_students(
    vault: Vault, connection: Connection, request: Request, call: Call
) -> dict[str, Any]:
    school_id = access.school(connection, request["school_id"], call)["school_id"]
    found = people.students_of(
        connection,
        school_id,
        class_ids=_classes(request["class_id"], call),
        after=request["after"],
        limit=request["limit"],
        today=call.today,
    )
    full = len(found) == request["limit"]
    items = described(vault, connection, found, call)
    return {"items": items, "next": items[-1]["student_id"] if full else None}


def get_student(
    vault: Vault, connection: Connection, request: Request, call: Call
) -> dict[str, Any]:
    pupil = access.student(connection, request["student_id"], call)
    links = people.guardians_of(connection, pupil["student_id"])
    called = names.for_caller(vault, connection, [each["guardian_id"] for each in links], call)
    guardians = [
        {
            "guardian_id": each["guardian_id"],
            "name": called.get(each["guardian_id"], ""),
            "relation": each["relation"],
            "blocked": bool(each["blocked"]),
        }
        for each in links
    ]
    return {**described(vault, connection, [pupil], call)[0], "guardians": guardians}


def block_guardian(work: UnitOfWork, request: Request, call: Call) -> Reply:
    """Keep a guardian from a pupil, with the proof on record."""
    return _block(work, request, call, blocked=True)


def unblock_guardian(work: UnitOfWork, request: Request, call: Call) -> Reply:
    """Let a guardian see and decide again."""
    return _block(work, request, call, blocked=False)


def _block(work: UnitOfWork, request: Request, call: Call, *, blocked: bool) -> Reply:
    student_id = access.student(work.connection, request["student_id"], call)["student_id"]
    command = BlockGuardian(
        student_id=student_id, guardian_id=request["guardian_id"], blocked=blocked
    )
    decision = work.execute(STUDENT, f"student-{student_id}", command)
    if decision.events:
        field = f"block-{request['guardian_id']}"[:64]
        work.vault.put(student_id, **{field: request["proof"]})
    body = {
        "student_id": student_id,
        "guardian_id": request["guardian_id"],
        "blocked": blocked,
    }
    return Reply(body, decision.version)


COMMANDS = {
    "block_guardian": CommandRoute(
        block_guardian, access.OFFICE, access.of_student, requests.BlockGuardian()
    ),
    "unblock_guardian": CommandRoute(
        unblock_guardian, access.OFFICE, access.of_student, requests.BlockGuardian()
    ),
}


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


def queries(vault: Vault) -> dict[str, QueryRoute]:
    """Return the queries of this module."""
    return {
        "list_students": QueryRoute(
            partial(list_students, vault), READERS, requests.ListStudents()
        ),
        "get_student": QueryRoute(partial(get_student, vault), READERS | access.GUARDIAN),
        "get_names": QueryRoute(
            partial(names.get_names, vault), READERS | access.GUARDIAN, requests.GetNames()
        ),
    }
