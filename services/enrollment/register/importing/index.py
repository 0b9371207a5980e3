"""Whom a school has already: what an import compares its rows with."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from sys import intern
from typing import Any, TypeAlias

from sqlalchemy import Connection, CursorResult, Table, select

from chassis.vault import VaultSession
from services.enrollment.register.tables import schools
from services.enrollment.register.tables.marks import guardian_marks, student_marks
from services.enrollment.register.tables.people import guardianships, students

Fingerprint: TypeAlias = Callable[[str, str], str]
"""``fingerprint(purpose, text)``: the vault's keyed hash."""

Marked: TypeAlias = defaultdict[str, dict[str, str]]
"""Who has a mark, by the mark's name and hash."""

STRONG = ("sourced_id", "identity_number", "student_number")
"""What alone tells who a pupil is."""

PAGE = 1_000


@dataclass(slots=True, kw_only=True)
class KnownPupil:
    """A pupil on the register. ``marks`` are hashes by name, ``guardians`` relations by id.

    ``left``: moved to another school; the next roster that names the pupil takes the pupil back.
    """

    student_id: str
    class_id: str
    ordinal: int
    marks: dict[str, str | None]
    name: str = field(repr=False, default="")
    details: dict[str, str] = field(repr=False, default_factory=dict)
    guardians: dict[str, str] = field(default_factory=dict)
    left: bool = False


@dataclass(slots=True, kw_only=True)
class KnownGuardian:
    """A guardian of some pupil of the school."""

    guardian_id: str
    sourced_id: str | None
    contact: str | None
    name: str


@dataclass(slots=True)
class SchoolIndex:
    """The register of one school in memory, found by marks."""

    school_id: str
    stage: str
    classes: dict[tuple[int, str], str]
    pupils: dict[str, KnownPupil]
    by_mark: Marked = field(default_factory=lambda: defaultdict(dict))
    by_likeness: dict[str, list[KnownPupil]] = field(default_factory=dict)
    guardians: dict[str, KnownGuardian] = field(default_factory=dict)
    guardian_by_mark: Marked = field(default_factory=lambda: defaultdict(dict))

    def add_guardian(self, guardian: KnownGuardian) -> None:
        """Add a guardian, or replace what was known of one."""
        self.guardians[guardian.guardian_id] = guardian
        for name, mark in (("sourced_id", guardian.sourced_id), ("contact", guardian.contact)):
            if mark:
                self.guardian_by_mark[name][mark] = guardian.guardian_id


def load_index(
    connection: Connection, vault: VaultSession, school_id: str, today: date
) -> SchoolIndex:
    """Return the index of a school."""
    school = schools.school(connection, school_id)
    assert school is not None
    index = SchoolIndex(
        school_id,
        school["stage"],
        {
            (each["grade"], each["name"]): each["class_id"]
            for each in schools.classes_of(connection, school_id)
        },
        _pupils(connection, vault, school_id, today),
    )
    likeness: dict[str, list[KnownPupil]] = defaultdict(list)
    # Of two pupils alike, the one who is still here is meant.
    for pupil in sorted(index.pupils.values(), key=lambda each: (each.left, each.ordinal)):
        likeness[pupil.marks["likeness"] or ""].append(pupil)
        for name in STRONG:
            if mark := pupil.marks[name]:
                index.by_mark[name][mark] = pupil.student_id
    index.by_likeness = dict(likeness)
    for who, sourced_id, contact, name in _of_school(
        connection, guardian_marks, school_id, "guardian_id", "sourced_id", "contact", "name"
    ):
        index.add_guardian(
            KnownGuardian(guardian_id=who, sourced_id=sourced_id, contact=contact, name=name)
        )
    _link(connection, index)
    return index


def _pupils(
    connection: Connection, vault: VaultSession, school_id: str, today: date
) -> dict[str, KnownPupil]:
    # A large school: what repeats is kept once (``intern``), and names are opened a page at a time.
    where = {
        student_id: (intern(class_id), (left_on or "9") <= today.isoformat())
        for student_id, class_id, left_on in _of_school(
            connection, students, school_id, "student_id", "class_id", "left_on"
        )
    }
    found = {}
    names = (*STRONG, "likeness")
    for page in _of_school(
        connection, student_marks, school_id, "student_id", "ordinal", *names
    ).partitions(PAGE):
        private = vault.get_many(row[0] for row in page)
        for student_id, ordinal, *marks in page:
            held = private.get(student_id, {})
            found[student_id] = KnownPupil(
                student_id=student_id,
                class_id=where[student_id][0],
                left=where[student_id][1],
                ordinal=ordinal,
                marks=dict(zip(names, marks, strict=True)),
                name=held.get("name", ""),
                details=details_of(held),
            )
    return found


def _link(connection: Connection, index: SchoolIndex) -> None:
    for student_id, guardian_id, relation in _of_school(
        connection, guardianships, index.school_id, "student_id", "guardian_id", "relation"
    ):
        pupil = index.pupils.get(student_id)  # None: their data were erased
        if pupil is not None:
            guardian = index.guardians.get(guardian_id)
            who = guardian.guardian_id if guardian else guardian_id
            pupil.guardians[who] = intern(relation)


def details_of(held: Mapping[str, str]) -> dict[str, str]:
    """Return the details in a pupil's vault fields; none when they are erased."""
    text = held.get("details", "")
    if not text.startswith("{"):
        return {}
    return {name: intern(value) for name, value in json.loads(text).items()}


def _of_school(
    connection: Connection, table: Table, school_id: str, *columns: str
) -> CursorResult[*tuple[Any, ...]]:
    wanted = [table.c[name] for name in columns]
    return connection.execute(select(*wanted).where(table.c.school_id == school_id))
