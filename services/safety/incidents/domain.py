"""Incident: what happened to pupils in the school's care, and when their guardians were told.

Rules:
    1. An incident has a severity, a category and the instant at which it happened; none of them is
       in the future (P2-113).
    2. Guardians are told after it happened, and not in the future; the first notice stands.
    3. Reporting the same incident twice changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias, assert_never

from chassis.kernel.decider import Decider
from contracts.safety.incidents import IncidentGuardianNotified, IncidentReported
from services.safety.incidents import errors

IncidentEvent: TypeAlias = IncidentReported | IncidentGuardianNotified


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportIncident:
    incident_id: str
    school_id: str
    severity: str
    category: str
    occurred_at: datetime
    student_ids: tuple[str, ...]
    guardian_notified_at: datetime | None
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifyGuardian:
    incident_id: str
    notified_at: datetime
    now: datetime


IncidentCommand: TypeAlias = ReportIncident | NotifyGuardian


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing is reported."""


@dataclass(frozen=True, slots=True)
class Reported:
    """On record; ``notified_at`` is None until the guardians were told."""

    occurred_at: datetime
    notified_at: datetime | None


Incident: TypeAlias = Unknown | Reported


def decide(state: Incident, command: IncidentCommand) -> list[IncidentEvent]:
    """Return the events ``command`` causes: none when it is already so.

    Raises:
        BusinessRuleViolation: a rule above refuses the command.
    """
    match command:
        case ReportIncident():
            return _report(state, command)
        case NotifyGuardian():
            return _notify(state, command)
        case _:
            assert_never(command)


def evolve(state: Incident, event: IncidentEvent) -> Incident:
    """Return the state after ``event``. Applies facts; never refuses one."""
    match event:
        case IncidentReported(occurred_at=occurred_at, guardian_notified_at=notified_at):
            return Reported(occurred_at, notified_at)
        case IncidentGuardianNotified(notified_at=notified_at):
            return (
                Reported(state.occurred_at, notified_at) if isinstance(state, Reported) else state
            )
        case _:
            assert_never(event)


INCIDENT: Decider[Incident, IncidentCommand, IncidentEvent] = Decider(Unknown(), decide, evolve)


def _report(state: Incident, command: ReportIncident) -> list[IncidentEvent]:
    if isinstance(state, Reported):
        return []
    _check_order(command.occurred_at, command.guardian_notified_at, command.now)
    return [
        IncidentReported(
            incident_id=command.incident_id,
            school_id=command.school_id,
            severity=command.severity,
            category=command.category,
            occurred_at=command.occurred_at,
            student_ids=command.student_ids,
            guardian_notified_at=command.guardian_notified_at,
        )
    ]


def _notify(state: Incident, command: NotifyGuardian) -> list[IncidentEvent]:
    match state:
        case Unknown():
            raise errors.IncidentUnknown()
        case Reported(notified_at=None):
            _check_order(state.occurred_at, command.notified_at, command.now)
            return [
                IncidentGuardianNotified(
                    incident_id=command.incident_id, notified_at=command.notified_at
                )
            ]
        case Reported():
            return []
        case _:
            assert_never(state)


def _check_order(occurred_at: datetime, notified_at: datetime | None, now: datetime) -> None:
    if occurred_at > now:
        raise errors.IncidentInTheFuture()
    if notified_at is not None and not occurred_at <= notified_at <= now:
        raise errors.NoticeOutOfOrder()
