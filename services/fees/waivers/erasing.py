"""What fees knows of a person: the evidence behind waivers."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, text

from chassis.erasure import Person

_WAIVERS = text("SELECT waiver_id FROM waivers WHERE student_id = :student_id")


def related(connection: Connection, person_id: str) -> Sequence[str]:
    """Return the waivers of a pupil."""
    found = connection.execute(_WAIVERS, {"student_id": person_id})
    return [str(row.waiver_id) for row in found]


PERSON = Person(related=related)
