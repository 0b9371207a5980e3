"""What enrollment knows of a person: beside the name, reasons of decisions and keyed hashes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, select, text

from chassis.erasure import Person
from services.enrollment.application.tables.applications import applications
from services.enrollment.listening.tables import opinions, surveys
from services.enrollment.offerings.tables import places
from services.enrollment.register.handlers.names import (
    objections_subject,
    priority_subject,
    staff_subject,
)
from services.enrollment.register.tables.marks import guardian_marks, student_marks

_FIELDS = text("SELECT field FROM vault WHERE subject_id = :subject")


def related(connection: Connection, person_id: str) -> Sequence[str]:
    """Return the applications of a pupil, whose rejections give reasons, and the staff's entry.

    Also the evidence of a pupil's priority, what a family wrote freely and what somebody objected;
    an anonymous answer cannot be found by the pupil's id.
    """
    query = select(applications.c.application_id).where(applications.c.student_id == person_id)
    found = [str(row.application_id) for row in connection.execute(query)]
    written = [
        *surveys.answers_by(connection, person_id),
        *opinions.written_by(connection, person_id),
    ]
    categories = places.categories_of(connection, [person_id]).get(person_id, [])
    ranked = [priority_subject(person_id, category) for category in categories]
    return [
        *found,
        staff_subject(person_id),
        *written,
        *ranked,
        *_objections(connection, person_id),
    ]


def forget(connection: Connection, person_id: str) -> None:
    """Delete what a roster would recognise the person by."""
    connection.execute(delete(student_marks).where(student_marks.c.student_id == person_id))
    connection.execute(delete(guardian_marks).where(guardian_marks.c.guardian_id == person_id))


def _objections(connection: Connection, person_id: str) -> list[str]:
    subject = objections_subject(person_id)
    raised = [str(row.field) for row in connection.execute(_FIELDS, {"subject": subject})]
    return [subject, *raised]


PERSON = Person(related=related, forget=forget)
