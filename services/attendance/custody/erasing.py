"""What attendance knows of a person, and when it cannot be forgotten yet."""

from __future__ import annotations

from sqlalchemy import Connection, text

from chassis.erasure import Person
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from services.attendance.custody.errors import StillInCare

_PRESENT = text(
    "SELECT date FROM board WHERE student_id = :student_id AND status = 'present' ORDER BY date"
)
_CODES = text("DELETE FROM pickup_codes WHERE student_id = :person OR receiver_id = :person")


def check(work: UnitOfWork, person_id: str, _call: Call) -> None:
    """Refuse while a child is in the school's care: the gate must know whom it hands over.

    Raises:
        StillInCare: the child was checked in and not handed over.
    """
    day = work.connection.execute(_PRESENT, {"student_id": person_id}).scalar()
    if day is not None:
        raise StillInCare(day=day)


def forget(connection: Connection, person_id: str) -> None:
    """Delete the hashes of pick-up codes."""
    connection.execute(_CODES, {"person": person_id})


PERSON = Person(forget=forget, check=check)
