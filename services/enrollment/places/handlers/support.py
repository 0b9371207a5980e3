"""What the staff of a class must know to help its pupils; why they have priority is not told."""

from __future__ import annotations

from typing import Any

from chassis.eventsourcing.handling import Handles, Reading
from contracts.enrollment import places as said
from services.enrollment.offerings.tables import places
from services.enrollment.places.domain import errors
from services.enrollment.register.handlers import access
from services.enrollment.register.handlers.names import priority_subject
from services.enrollment.register.tables import people, schools

READERS = access.OFFICE | {"teacher"}
MOST_PUPILS = 500


def list_class_support(reading: Reading, request: said.ListClassSupport) -> dict[str, Any]:
    room = schools.school_class(reading.connection, request.class_id)
    own = (
        reading.call.principal.role != "teacher"
        or request.class_id in reading.call.principal.class_ids
    )
    if (
        room is None
        or not own
        or not access.reaches_school(reading.connection, room["school_id"], reading.call)
    ):
        raise errors.ClassUnknown()
    pupils = people.students_of(
        reading.connection,
        room["school_id"],
        class_ids=[room["class_id"]],
        after=None,
        limit=MOST_PUPILS,
        today=reading.call.today,
    )
    granted = places.categories_of(reading.connection, [each["student_id"] for each in pupils])
    subjects = {
        priority_subject(student_id, category): student_id
        for student_id, categories in granted.items()
        for category in categories
    }
    held = reading.vault.session(reading.connection).get_many(subjects)
    notes = [(subjects[each], texts.get("support")) for each, texts in held.items()]
    return {"items": [{"student_id": who, "support": text} for who, text in notes if text]}


HANDLES: Handles = {
    said.LIST_CLASS_SUPPORT: list_class_support,
}
