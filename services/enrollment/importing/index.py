"""Whom a school has already: what an import compares its rows with."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from sqlalchemy import Connection, Table, select

from chassis.vault import VaultSession
from services.enrollment.projections import schools
from services.enrollment.projections.marks import guardian_marks, student_marks
from services.enrollment.projections.people import guardianships, students

Fingerprint: TypeAlias = Callable[[str, str], str]
"""``fingerprint(purpose, text)``: the vault's keyed hash."""

STRONG = ("sourced_id", "identity_number", "student_number")
"""What alone tells who a pupil is."""


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
    by_mark: dict[tuple[str, str], str] = field(default_factory=dict)
    by_likeness: dict[str, list[KnownPupil]] = field(default_factory=dict)
    guardians: dict[str, KnownGuardian] = field(default_factory=dict)
    guardian_by_mark: dict[tuple[str, str], str] = field(default_factory=dict)

    def add_guardian(self, guardian: KnownGuardian) -> None:
        """Add a guardian, or replace what was known of one."""
        self.guardians[guardian.guardian_id] = guardian
        for name, mark in (("sourced_id", guardian.sourced_id), ("contact", guardian.contact)):
            if mark:
                self.guardian_by_mark[name, mark] = guardian.guardian_id


def load_index(
    connection: Connection, vault: VaultSession, school_id: str, today: date
) -> SchoolIndex:
    """Return the index of a school."""
    school = schools.school(connection, school_id)
    assert school is not None
    pupils = _pupils(connection, vault, school_id, today)
    index = SchoolIndex(
        school_id,
        school["stage"],
        {
            (each["grade"], each["name"]): each["class_id"]
            for each in schools.classes_of(connection, school_id)
        },
        pupils,
    )
    likeness: dict[str, list[KnownPupil]] = defaultdict(list)
    # Of two pupils alike, the one who is still here is meant.
    for pupil in sorted(pupils.values(), key=lambda each: (each.left, each.ordinal)):
        likeness[pupil.marks["likeness"] or ""].append(pupil)
        for name in STRONG:
            if mark := pupil.marks[name]:
                index.by_mark[name, mark] = pupil.student_id
    index.by_likeness = dict(likeness)
    for row in _of_school(connection, guardian_marks, school_id):
        index.add_guardian(KnownGuardian(**{k: row[k] for k in row if k != "school_id"}))
    return index


def _pupils(
    connection: Connection, vault: VaultSession, school_id: str, today: date
) -> dict[str, KnownPupil]:
    where = {row["student_id"]: row for row in _of_school(connection, students, school_id)}
    private = vault.get_many(where)
    found = {}
    for row in _of_school(connection, student_marks, school_id):
        student_id = row["student_id"]
        held = private.get(student_id, {})
        found[student_id] = KnownPupil(
            student_id=student_id,
            class_id=where[student_id]["class_id"],
            left=(where[student_id]["left_on"] or "9") <= today.isoformat(),
            ordinal=row["ordinal"],
            marks={name: row[name] for name in (*STRONG, "likeness")},
            name=held.get("name", ""),
            details=details_of(held),
        )
    for row in _of_school(connection, guardianships, school_id):
        if row["student_id"] in found:  # not a pupil whose data were erased
            found[row["student_id"]].guardians[row["guardian_id"]] = row["relation"]
    return found


def details_of(held: Mapping[str, str]) -> dict[str, str]:
    """Return the details in a pupil's vault fields; none when they are erased."""
    text = held.get("details", "")
    return dict(json.loads(text)) if text.startswith("{") else {}


def _of_school(connection: Connection, table: Table, school_id: str) -> Iterable[Mapping[str, Any]]:
    query = select(table).where(table.c.school_id == school_id)
    rows: list[Mapping[str, Any]] = [dict(row) for row in connection.execute(query).mappings()]
    return rows
