"""Filing: the semester pack of a term, filed with the bureau for the record (P2-089 to P2-094).

Rules:
    1. A pack has its five parts or it is not filed; what is missing is named.
    2. The same content is filed once; other content is a new filing, which waits for its own
       acknowledgement.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from chassis.kernel.decider import Decider
from contracts.enrollment.filing import SemesterPackAcknowledged, SemesterPackFiled
from services.enrollment.plan.domain import errors
from services.enrollment.plan.domain.events import FilingEvent

PARTS = ("courses", "staffing", "roster", "charges", "management")


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePack:
    """``parts`` are the hashes of the parts that are there."""

    term_id: str
    parts: Mapping[str, str]
    pack_sha256: str


@dataclass(frozen=True, slots=True)
class AcknowledgeFiling:
    pass


FilingCommand: TypeAlias = FilePack | AcknowledgeFiling


@dataclass(frozen=True, slots=True)
class Filing:
    """The newest filing, None before the first; ``acknowledged`` is the newest one seen."""

    newest: SemesterPackFiled | None = None
    acknowledged: int = 0


def decide(state: Filing, command: FilingCommand) -> list[FilingEvent]:
    """Return the events ``command`` causes: none when it is already so.

    Raises:
        BusinessRuleViolation: a part is missing, or nothing is filed.
    """
    match command:
        case FilePack():
            return _file(state, command)
        case AcknowledgeFiling():
            return _acknowledge(state)
        case _:
            assert_never(command)


def evolve(state: Filing, event: FilingEvent) -> Filing:
    """Return the state after ``event``."""
    match event:
        case SemesterPackFiled():
            return Filing(event, state.acknowledged)
        case SemesterPackAcknowledged(filing=filing):
            return Filing(state.newest, filing)
        case _:
            assert_never(event)


FILING: Decider[Filing, FilingCommand, FilingEvent] = Decider(Filing(), decide, evolve)


def _file(state: Filing, command: FilePack) -> list[FilingEvent]:
    lacking = [part for part in PARTS if part not in command.parts]
    if lacking:
        raise errors.PackIncomplete(parts=lacking)
    if state.newest is not None and state.newest.pack_sha256 == command.pack_sha256:
        return []
    return [
        SemesterPackFiled(
            term_id=command.term_id,
            filing=state.newest.filing + 1 if state.newest else 1,
            parts=dict(command.parts),
            pack_sha256=command.pack_sha256,
        )
    ]


def _acknowledge(state: Filing) -> list[FilingEvent]:
    if state.newest is None:
        raise errors.NothingFiled()
    if state.acknowledged == state.newest.filing:
        return []
    return [SemesterPackAcknowledged(term_id=state.newest.term_id, filing=state.newest.filing)]
