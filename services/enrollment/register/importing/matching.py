"""Which row is which pupil.

A number decides alone: sourcedId, identity number, student number. Without one, a pupil of the
same name in the same class is the same, unless a number or a birth date contradicts; of several,
the one with the same birth date, then with the same guardian, then the first imported. Last, the
same name and birth date in another class, if there is only one: the pupil moved. A pupil is
matched by one row only, so two pupils of one name stay two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from services.enrollment.register.importing.index import (
    STRONG,
    Fingerprint,
    KnownPupil,
    SchoolIndex,
)
from services.enrollment.register.roster.lines import Guardian, Pupil


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A pupil of the file with its hashes; ``class_id`` is None for a class not opened yet."""

    pupil: Pupil
    class_id: str | None
    marks: dict[str, str | None]
    contacts: tuple[str | None, ...]


@dataclass(slots=True)
class Matches:
    """Pupil by line, and the lines whose numbers belong to different pupils or a taken one."""

    found: dict[int, KnownPupil] = field(default_factory=dict)
    contradictory: set[int] = field(default_factory=set)
    taken: set[str] = field(default_factory=set)

    def claim(self, row: Row, pupil: KnownPupil) -> None:
        """Say that ``row`` is ``pupil``; a second row that says so contradicts the first."""
        if pupil.student_id in self.taken:
            self.contradictory.add(row.pupil.line)
            return
        self.taken.add(pupil.student_id)
        self.found[row.pupil.line] = pupil


Choose: TypeAlias = Callable[[Row, Sequence[KnownPupil], SchoolIndex], "KnownPupil | None"]


def rows_of(pupils: Iterable[Pupil], index: SchoolIndex, fingerprint: Fingerprint) -> list[Row]:
    """Return the file's pupils with their hashes."""
    return [
        Row(
            pupil=pupil,
            class_id=index.classes.get((pupil.grade, pupil.class_name)),
            marks={
                **{
                    name: fingerprint(name, value) if (value := getattr(pupil, name)) else None
                    for name in STRONG
                },
                "likeness": fingerprint("student-name", pupil.name),
            },
            contacts=tuple(contact_of(each, fingerprint) for each in pupil.guardians),
        )
        for pupil in pupils
    ]


def contact_of(guardian: Guardian, fingerprint: Fingerprint) -> str | None:
    """Return the hash of name and phone, None without a phone."""
    if not guardian.phone:
        return None
    return fingerprint("guardian-contact", f"{guardian.name}\n{guardian.phone}")


def match(rows: Sequence[Row], index: SchoolIndex) -> Matches:
    """Return which pupil each row is; a row that is in neither part is a new pupil."""
    matches = Matches()
    for row in rows:
        named = [index.by_mark[name].get(mark) for name in STRONG if (mark := row.marks[name])]
        known = {student_id for student_id in named if student_id}
        if len(known) > 1:
            matches.contradictory.add(row.pupil.line)
        elif known:
            matches.claim(row, index.pupils[known.pop()])
    for choose in (_same_birth_date, _same_class, _moved):
        for row in rows:
            line = row.pupil.line
            if line in matches.found or line in matches.contradictory:
                continue
            alike = index.by_likeness.get(row.marks["likeness"] or "", ())
            free = [each for each in alike if each.student_id not in matches.taken]
            chosen = choose(row, [each for each in free if _compatible(row, each)], index)
            if chosen is not None:
                matches.claim(row, chosen)
    return matches


def _same_birth_date(
    row: Row, alike: Sequence[KnownPupil], index: SchoolIndex
) -> KnownPupil | None:
    born = row.pupil.born_on.isoformat() if row.pupil.born_on else None
    same = [each for each in alike if each.details.get("born_on") == born]
    return _same_class(row, same, index)


def _same_class(row: Row, alike: Sequence[KnownPupil], index: SchoolIndex) -> KnownPupil | None:
    there = [each for each in alike if row.class_id and each.class_id == row.class_id]
    contacts = set(filter(None, row.contacts))
    for pupil in there:
        held = {index.guardians[each].contact for each in pupil.guardians}
        if contacts & held:
            return pupil
    return there[0] if there else None


def _moved(row: Row, alike: Sequence[KnownPupil], _index: SchoolIndex) -> KnownPupil | None:
    if row.pupil.born_on is None:
        return None
    born = row.pupil.born_on.isoformat()
    same = [each for each in alike if each.details.get("born_on") == born]
    return same[0] if len(same) == 1 else None


def _compatible(row: Row, known: KnownPupil) -> bool:
    born = row.pupil.born_on.isoformat() if row.pupil.born_on else None
    pairs = [(row.marks[name], known.marks[name]) for name in STRONG]
    pairs.append((born, known.details.get("born_on")))
    return all(not new or not old or new == old for new, old in pairs)
