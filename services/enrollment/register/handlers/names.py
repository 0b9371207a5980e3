"""Names out of the vault, as much of them as the caller may see."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection

from chassis.eventsourcing.handling import Reading
from chassis.kernel.call import Call
from chassis.vault import ERASED, Vault
from contracts.enrollment import people as said
from services.enrollment.bulk import rows_of
from services.enrollment.register.domain.masking import masked
from services.enrollment.register.handlers import access
from services.enrollment.register.tables import people, schools


def read(
    vault: Vault, connection: Connection, ids: Iterable[str], *, mask: bool = False
) -> dict[str, str]:
    """Return the names of persons by id; an erased one says so."""
    held = vault.session(connection).get_many(ids)
    found = {who: fields["name"] for who, fields in held.items() if "name" in fields}
    if not mask:
        return found
    return {who: name if name == ERASED else masked(name) for who, name in found.items()}


def for_caller(
    vault: Vault, connection: Connection, ids: Iterable[str], call: Call
) -> dict[str, str]:
    """Return pupils' names for somebody who may know of them; a bureau reads masked ones."""
    return read(vault, connection, ids, mask=call.principal.role == "bureau")


def class_names(connection: Connection, class_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return classes by id."""
    found = rows_of(connection, schools.classes, schools.classes.c.class_id, class_ids)
    return {row["class_id"]: dict(row) for row in found}


def get_names(reading: Reading, request: said.GetNames) -> said.Names:
    """Return the names of those among ``ids`` whom the caller may know; others are left out."""
    ids = list(dict.fromkeys(request.ids))
    named: dict[str, said.Named] = {
        class_id: said.Named(name=each["name"])
        for class_id, each in class_names(reading.connection, ids).items()
    }
    for row in rows_of(reading.connection, schools.schools, schools.schools.c.school_id, ids):
        named[row["school_id"]] = said.Named(name=row["name"])
    pupils = {
        who: each
        for who, each in people.students_by_id(reading.connection, ids).items()
        if access.sees(reading.connection, each, reading.call)
    }
    classes = class_names(reading.connection, {each["class_id"] for each in pupils.values()})
    for who, name in for_caller(reading.vault, reading.connection, pupils, reading.call).items():
        class_name = classes[pupils[who]["class_id"]]["name"]
        named[who] = said.Named(name=name, class_name=class_name)
    adults = _guardians(reading.connection, ids, reading.call)
    for who, name in for_caller(reading.vault, reading.connection, adults, reading.call).items():
        named[who] = said.Named(name=name)
    staff = {staff_subject(who): who for who in _staff(reading.connection, ids, reading.call)}
    for subject, name in read(reading.vault, reading.connection, staff).items():
        named[staff[subject]] = said.Named(name=name)
    return said.Names(names=named)


def staff_subject(staff_id: str) -> str:
    """Return the vault's subject of a member of staff.

    A school chooses the id; the prefix keeps it from naming, and renaming, somebody's child.
    """
    return f"staff-{staff_id}"


def priority_subject(student_id: str, category: str) -> str:
    """Return the vault's subject of why a pupil has priority, and of what the staff must know."""
    return f"priority-{student_id}-{category[:16]}"


def objections_subject(person_id: str) -> str:
    """Return the vault's subject whose fields name a person's objections, for the erasure.

    Hashed, for a chosen id may be as long as a subject.
    """
    return f"objections-{hashlib.sha256(person_id.encode()).hexdigest()[:40]}"


def _guardians(connection: Connection, ids: list[str], call: Call) -> set[str]:
    links = rows_of(connection, people.guardianships, people.guardianships.c.guardian_id, ids)
    pupils = people.students_by_id(connection, {link["student_id"] for link in links})
    known = {who for who, each in pupils.items() if access.sees(connection, each, call)}
    return {link["guardian_id"] for link in links if link["student_id"] in known}


def _staff(connection: Connection, ids: list[str], call: Call) -> set[str]:
    found = rows_of(connection, schools.staff, schools.staff.c.staff_id, ids)
    reachable = {
        school_id
        for school_id in {row["school_id"] for row in found}
        if access.reaches_school(connection, school_id, call)
    }
    return {row["staff_id"] for row in found if row["school_id"] in reachable}
