"""Which adult of a row is whom: siblings share one guardian.

Within a school, a guardian is recognised by sourcedId, else by name and phone, else by name among
the pupil's own guardians (the phone is new). Everybody else is a new guardian.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chassis.kernel.ids import IdFactory
from services.enrollment.register.importing.index import Fingerprint, KnownGuardian, SchoolIndex
from services.enrollment.register.importing.matching import Row
from services.enrollment.register.importing.plan import Plan
from services.enrollment.register.roster.lines import Guardian


@dataclass(frozen=True, slots=True)
class _Marks:
    sourced_id: str | None
    contact: str | None
    name: str


class GuardianPlanner:
    """Resolves the guardians of row after row, remembering the new ones."""

    def __init__(self, index: SchoolIndex, fingerprint: Fingerprint, ids: IdFactory) -> None:
        self._index = index
        self._fingerprint = fingerprint
        self._ids = ids

    def resolve(
        self, plan: Plan, row: Row, linked: Mapping[str, str]
    ) -> tuple[tuple[tuple[str, str], ...], bool]:
        """Return (guardian, relation) of each adult of a row, and whether one of them changed.

        What is new about them goes into ``plan``.
        """
        pairs: dict[str, str] = {}
        changed = False
        for guardian, contact in zip(row.pupil.guardians, row.contacts, strict=True):
            marks = self._marks(guardian, contact)
            known = self._find(marks, linked)
            if known is None:
                who = self._add(plan, guardian, marks)
            else:
                who = known.guardian_id
                changed |= self._refresh(plan, guardian, marks, known)
            pairs.setdefault(who, guardian.relation)
        return tuple(pairs.items()), changed

    def _marks(self, guardian: Guardian, contact: str | None) -> _Marks:
        sourced = guardian.sourced_id
        return _Marks(
            self._fingerprint("guardian-sourced-id", sourced) if sourced else None,
            contact,
            self._fingerprint("guardian-name", guardian.name),
        )

    def _find(self, marks: _Marks, linked: Mapping[str, str]) -> KnownGuardian | None:
        for name, mark in (("sourced_id", marks.sourced_id), ("contact", marks.contact)):
            if mark and (who := self._index.guardian_by_mark[name].get(mark)):
                return self._index.guardians[who]
        for who in linked:
            if self._index.guardians[who].name == marks.name:
                return self._index.guardians[who]
        return None

    def _add(self, plan: Plan, guardian: Guardian, marks: _Marks) -> str:
        who = self._ids()
        plan.guardians.append(who)
        self._keep(plan, who, guardian, marks)
        return who

    def _refresh(self, plan: Plan, guardian: Guardian, marks: _Marks, known: KnownGuardian) -> bool:
        """Keep what is new about a known guardian; tell whether name or phone changed."""
        merged = _Marks(
            marks.sourced_id or known.sourced_id, marks.contact or known.contact, marks.name
        )
        if merged == _Marks(known.sourced_id, known.contact, known.name):
            return False
        self._keep(plan, known.guardian_id, guardian, merged)
        return (merged.contact, merged.name) != (known.contact, known.name)

    def _keep(self, plan: Plan, who: str, guardian: Guardian, marks: _Marks) -> None:
        known = KnownGuardian(
            guardian_id=who, sourced_id=marks.sourced_id, contact=marks.contact, name=marks.name
        )
        plan.vault[who] = {"name": guardian.name, "phone": guardian.phone}
        plan.guardian_marks[who] = {
            "guardian_id": who,
            "school_id": self._index.school_id,
            "sourced_id": marks.sourced_id,
            "contact": marks.contact,
            "name": marks.name,
        }
        self._index.add_guardian(known)
