"""What a part of an import is going to do: a verdict per row, and what to write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from services.enrollment.register.domain.school import OpenClass
from services.enrollment.register.domain.student import RecordStudent
from services.enrollment.register.roster.lines import Refused, Skipped

OUTCOMES = ("created", "updated", "unchanged", "refused", "skipped")

REFUSALS: Mapping[str, tuple[str, str, str]] = {
    "enrollment.grade-out-of-stage": (
        "grade",
        "年级不属于这所学校的学段（小学一至六年级，初中七至九年级）。请核对学校或年级。",
        "The grade is not in this school's stage (1 to 6 primary, 7 to 9 junior).",
    ),
    "enrollment.numbers-contradict": (
        "identity_number",
        "这一行的号码属于另一名学生，或与前面的行是同一名学生。请核对号码。",
        "The numbers of this row belong to different pupils, or to one that an earlier row names.",
    ),
}
"""Code → (field, Chinese, English) of what only the register can tell about a row."""


def counts_of(rows: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Return how many rows came to what."""
    counted = Counter(row["outcome"] for row in rows)
    return {outcome: counted[outcome] for outcome in OUTCOMES}


@dataclass(slots=True)
class Plan:
    """What ``writing`` writes of some rows of a roster, and the verdicts to hand back."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    classes: list[OpenClass] = field(default_factory=list)
    created: list[RecordStudent] = field(default_factory=list)
    updated: list[RecordStudent] = field(default_factory=list)
    guardians: list[str] = field(default_factory=list)
    vault: dict[str, dict[str, str | None]] = field(default_factory=dict)
    student_marks: list[dict[str, Any]] = field(default_factory=list)
    guardian_marks: dict[str, dict[str, Any]] = field(default_factory=dict)

    def done(
        self, line: int, outcome: Literal["created", "updated", "unchanged"], student_id: str | None
    ) -> None:
        """Add the verdict of a row that is imported."""
        self.rows.append(
            {
                "line": line,
                "outcome": outcome,
                "student_id": student_id,
                "code": None,
                "field": None,
                "detail": None,
            }
        )

    def not_done(self, line: Refused | Skipped) -> None:
        """Add the verdict of a row that the reader refused or skipped."""
        self.rows.append(
            {
                "line": line.line,
                "outcome": "refused" if isinstance(line, Refused) else "skipped",
                "student_id": None,
                "code": line.code,
                "field": line.field if isinstance(line, Refused) else None,
                "detail": {"zh": line.detail, "en": line.en},
            }
        )

    def refuse(self, line: int, code: str) -> None:
        """Add the verdict of a row that does not fit the register."""
        field_name, zh, en = REFUSALS[code]
        self.not_done(Refused(line=line, code=code, field=field_name, detail=zh, en=en))
