"""What safety knows of a person: the free text about a member of staff."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from chassis.erasure import Person
from services.safety.fitness.handlers import subject_of


def related(_connection: Connection, person_id: str) -> Sequence[str]:
    """Return the vault's subject of a member of staff."""
    return [subject_of(person_id)]


PERSON = Person(related=related)
