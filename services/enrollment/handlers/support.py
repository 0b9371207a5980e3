"""What the staff of a class must know to help its pupils; why they have priority is not told."""

from __future__ import annotations

from functools import partial
from typing import Any

from sqlalchemy import Connection

from chassis.eventsourcing.application import QueryRoute, Request
from chassis.kernel.call import Call
from chassis.vault import Vault
from services.enrollment.domain import errors
from services.enrollment.handlers import access
from services.enrollment.handlers.names import priority_subject
from services.enrollment.projections import people, places, schools

READERS = access.OFFICE | {"teacher"}
MOST_PUPILS = 500


def list_class_support(
    vault: Vault, connection: Connection, request: Request, call: Call
) -> dict[str, Any]:
    room = schools.school_class(connection, request["class_id"])
    own = call.principal.role != "teacher" or request["class_id"] in call.principal.class_ids
    if room is None or not own or not access.reaches_school(connection, room["school_id"], call):
        raise errors.ClassUnknown(
            "没有这个班级，或不是您的班级。", "There is no such class, or it is not yours."
        )
    pupils = people.students_of(
        connection,
        room["school_id"],
        class_ids=[room["class_id"]],
        after=None,
        limit=MOST_PUPILS,
        today=call.today,
    )
    granted = places.categories_of(connection, [each["student_id"] for each in pupils])
    subjects = {
        priority_subject(student_id, category): student_id
        for student_id, categories in granted.items()
        for category in categories
    }
    held = vault.session(connection).get_many(subjects)
    notes = [(subjects[each], texts.get("support")) for each, texts in held.items()]
    return {"items": [{"student_id": who, "support": text} for who, text in notes if text]}


def queries(vault: Vault) -> dict[str, QueryRoute]:
    """Return the queries of this module."""
    return {"list_class_support": QueryRoute(partial(list_class_support, vault), READERS)}
