"""What each row of a roster changes. Decides everything and writes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from chassis.kernel.ids import IdFactory
from services.enrollment.register.domain.school import OpenClass
from services.enrollment.register.domain.student import RecordStudent
from services.enrollment.register.importing.guardians import GuardianPlanner
from services.enrollment.register.importing.index import (
    STRONG,
    Fingerprint,
    KnownPupil,
    SchoolIndex,
)
from services.enrollment.register.importing.matching import Row, match, rows_of
from services.enrollment.register.importing.plan import Plan
from services.enrollment.register.roster.lines import Pupil, Roster

GRADES = {"primary": range(1, 7), "junior": range(7, 10)}


ROWS_OF_A_PART = 1_000
"""So many rows are planned, written and forgotten at a time."""


def plan_import(
    roster: Roster, index: SchoolIndex, fingerprint: Fingerprint, ids: IdFactory
) -> Iterator[Plan]:
    """Yield what importing ``roster`` means for the school in ``index``, part by part in order.

    A guardian whom a later row tells more about is in several parts; the last one stands.
    """
    planner = _Planner(index, fingerprint, ids)
    served = GRADES[index.stage]
    pupils = [each for each in roster.lines if isinstance(each, Pupil) and each.grade in served]
    rows = {row.pupil.line: row for row in rows_of(pupils, index, fingerprint)}
    matches = match(list(rows.values()), index)
    for line in roster.lines:
        if not isinstance(line, Pupil):
            planner.plan.not_done(line)
        elif line.line not in rows:
            planner.plan.refuse(line.line, "enrollment.grade-out-of-stage")
        elif line.line in matches.contradictory:
            planner.plan.refuse(line.line, "enrollment.numbers-contradict")
        else:
            planner.take(rows.pop(line.line), matches.found.get(line.line))
        if len(planner.plan.rows) == ROWS_OF_A_PART:
            yield planner.hand_over()
    yield planner.hand_over()


class _Planner:
    """Collects the plan row by row; new classes and guardians are known to the rows after."""

    def __init__(self, index: SchoolIndex, fingerprint: Fingerprint, ids: IdFactory) -> None:
        self.plan = Plan()
        self._index = index
        self._ids = ids
        self._guardians = GuardianPlanner(index, fingerprint, ids)
        self._ordinal = max((each.ordinal for each in index.pupils.values()), default=0)

    def hand_over(self) -> Plan:
        """Return what is planned, and begin the next part."""
        done, self.plan = self.plan, Plan()
        return done

    def take(self, row: Row, known: KnownPupil | None) -> None:
        """Plan one row: a new pupil, a changed one, or nothing."""
        class_id = self._class(row.pupil)
        if known is None:
            self._create(row, class_id)
        else:
            self._update(row, class_id, known)

    def _create(self, row: Row, class_id: str) -> None:
        student_id = self._ids()
        guardians, _ = self._guardians.resolve(self.plan, row, {})
        self.plan.created.append(self._record(row, student_id, class_id, (), guardians))
        self._keep(row, student_id, details_in(row.pupil))
        self._ordinal += 1
        self._mark(student_id, self._ordinal, row.marks)
        self.plan.done(row.pupil.line, "created", student_id)

    def _update(self, row: Row, class_id: str, known: KnownPupil) -> None:
        guardians, guardian_changed = self._guardians.resolve(self.plan, row, known.guardians)
        changed = _changed(row, known)
        if guardian_changed:
            changed.append("guardians")
        linked = all(known.guardians.get(who) == relation for who, relation in guardians)
        if not changed and linked and class_id == known.class_id and not known.left:
            self.plan.done(row.pupil.line, "unchanged", known.student_id)
            return
        self.plan.updated.append(
            replace(
                self._record(row, known.student_id, class_id, tuple(changed), guardians),
                returns=known.left,
            )
        )
        self._keep(row, known.student_id, {**known.details, **details_in(row.pupil)})
        fresh = {name: mark for name, mark in row.marks.items() if mark}
        self._mark(known.student_id, known.ordinal, {**known.marks, **fresh})
        self.plan.done(row.pupil.line, "updated", known.student_id)

    def _class(self, pupil: Pupil) -> str:
        key = (pupil.grade, pupil.class_name)
        if key not in self._index.classes:
            self._index.classes[key] = self._ids()
            self.plan.classes.append(
                OpenClass(
                    class_id=self._index.classes[key], grade=pupil.grade, name=pupil.class_name
                )
            )
        return self._index.classes[key]

    def _record(
        self,
        row: Row,
        student_id: str,
        class_id: str,
        changed: tuple[str, ...],
        guardians: tuple[tuple[str, str], ...],
    ) -> RecordStudent:
        return RecordStudent(
            student_id=student_id,
            school_id=self._index.school_id,
            class_id=class_id,
            grade=row.pupil.grade,
            changed=changed,
            guardians=guardians,
        )

    def _keep(self, row: Row, student_id: str, details: dict[str, str]) -> None:
        self.plan.vault[student_id] = {
            "name": row.pupil.name,
            "details": json.dumps(details) if details else None,
        }

    def _mark(self, student_id: str, ordinal: int, marks: dict[str, str | None]) -> None:
        own = {"student_id": student_id, "school_id": self._index.school_id, "ordinal": ordinal}
        self.plan.student_marks.append({**own, **marks})


def details_in(pupil: Pupil) -> dict[str, str]:
    """Return what the vault keeps of a pupil besides the name. Never a number of any kind."""
    details = {
        "gender": pupil.gender,
        "born_on": pupil.born_on.isoformat() if pupil.born_on else None,
    }
    return {name: value for name, value in details.items() if value}


def _changed(row: Row, known: KnownPupil) -> list[str]:
    # A blank cell says nothing; it takes nothing away.
    fields = ["name"] if row.pupil.name != known.name else []
    said = details_in(row.pupil)
    fields += [name for name, value in said.items() if known.details.get(name) != value]
    return fields + [
        name for name in STRONG if row.marks[name] and row.marks[name] != known.marks[name]
    ]
