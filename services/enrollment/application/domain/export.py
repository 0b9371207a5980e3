"""Export: a list of pupils that leaves the platform as a file.

Rules:
    1. Every export is on record once: its kind, how many rows, whether names were masked, and the
       hash of the file (P2-091).
    2. Only the school's own office and finance take whole names with them; everybody else, and
       whoever asks for it, gets a masked copy (P2-091).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from chassis.kernel.decider import Decider
from chassis.kernel.errors import BusinessRuleViolation
from contracts.enrollment.exports import ExportMade

WHOLE_NAMES = frozenset({"school_office", "school_finance"})
"""Roles whose copy has whole names."""


class ExportOutdated(BusinessRuleViolation):
    """A repeat would hand out a file that is not on record."""

    code = "enrollment.export-outdated"
    clauses = ("P2-091",)


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeExport:
    """``sha256`` is the hash of the file as it is handed out."""

    export_id: str
    kind: str
    rows: int
    masked: bool
    sha256: str


@dataclass(frozen=True, slots=True)
class NotMade:
    """There is no such export."""


@dataclass(frozen=True, slots=True)
class Made:
    """The file was handed out."""


Export: TypeAlias = NotMade | Made


def decide(state: Export, command: MakeExport) -> list[ExportMade]:
    """Return the events ``command`` causes: none when it is already so."""
    match state:
        case NotMade():
            return [
                ExportMade(
                    export_id=command.export_id,
                    kind=command.kind,
                    rows=command.rows,
                    masked=command.masked,
                    sha256=command.sha256,
                )
            ]
        case Made():
            return []
        case _:
            assert_never(state)


def evolve(_state: Export, _event: ExportMade) -> Export:
    """Return the state after the event. Applies facts; never refuses one."""
    return Made()


EXPORT: Decider[Export, MakeExport, ExportMade] = Decider(NotMade(), decide, evolve)


def is_masked(role: str, *, asked: bool) -> bool:
    """Tell whether the copy of somebody in ``role`` has its names masked."""
    return asked or role not in WHOLE_NAMES
