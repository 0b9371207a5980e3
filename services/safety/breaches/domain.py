"""Breach: somebody's report that a school does what the plans forbid.

Rules:
    1. Whoever sees teaching, a drill or a make-up lesson in custody time (P1-009, P2-010), or a
       pupil made to take part (P2-006), or a wrong charge, can say so, by name or without.
    2. A report is taken as it is: whether it is true is for the bureau to find. The day it
       happened, if told, is not in the future.
    3. Reporting the same breach twice changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from chassis.kernel.decider import Decider
from contracts.safety.breaches import BreachReported
from services.safety.breaches import errors


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportBreach:
    breach_id: str
    school_id: str
    kind: str
    source_role: str
    anonymous: bool
    occurred_on: date | None
    today: date


Breach: TypeAlias = BreachReported | None


def decide(state: Breach, command: ReportBreach) -> list[BreachReported]:
    """Return the report, or nothing when it is already on record.

    Raises:
        BreachInTheFuture: it has not happened yet.
    """
    if state is not None:
        return []
    if command.occurred_on is not None and command.occurred_on > command.today:
        raise errors.BreachInTheFuture()
    return [
        BreachReported(
            breach_id=command.breach_id,
            school_id=command.school_id,
            kind=command.kind,
            source_role=command.source_role,
            anonymous=command.anonymous,
            occurred_on=command.occurred_on,
        )
    ]


def evolve(state: Breach, event: BreachReported) -> Breach:
    """Return the state after ``event``."""
    return event


BREACH: Decider[Breach, ReportBreach, BreachReported] = Decider(None, decide, evolve)
