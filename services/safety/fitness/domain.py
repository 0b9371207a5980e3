"""Fitness: whether a member of staff may be put in charge of pupils.

Rules:
    1. Everybody who takes part is screened, of whatever kind of staff (P1-031, P2-060; national
       rule N10). A check was on a day that is not in the future; it is clear or it bars.
    2. A clear check ends, on its day or later; a bar has no end.
    3. A bar stands until a clear check of a later day. A check older than the newest on record is
       not recorded; of one day, the bar wins.
    4. The responsibility statement is signed for each term (P1-032, P2-099), in the version in
       force; a newer version is signed anew.
    5. Saying the same again changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias, assert_never

from chassis.kernel.decider import Decider
from contracts.safety.fitness import ResponsibilityStatementSigned, StaffScreened
from services.safety.fitness import errors

FitnessEvent: TypeAlias = StaffScreened | ResponsibilityStatementSigned


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordScreening:
    staff_id: str
    school_id: str
    result: str
    checked_on: date
    valid_until: date | None
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SignResponsibilityStatement:
    staff_id: str
    school_id: str
    term_id: str
    statement_version: str
    current_version: str
    text_sha256: str
    by: str


FitnessCommand: TypeAlias = RecordScreening | SignResponsibilityStatement


@dataclass(frozen=True, slots=True)
class Fitness:
    """The newest screening, and the newest statement signed for each term."""

    screening: StaffScreened | None = None
    statements: dict[str, ResponsibilityStatementSigned] = field(default_factory=dict)


def decide(state: Fitness, command: FitnessCommand) -> list[FitnessEvent]:
    """Return the events ``command`` causes: none when it is already so.

    Raises:
        BusinessRuleViolation: a rule above refuses the command.
    """
    match command:
        case RecordScreening():
            return _screen(state, command)
        case SignResponsibilityStatement():
            return _sign(state, command)
        case _:
            assert_never(command)


def evolve(state: Fitness, event: FitnessEvent) -> Fitness:
    """Return the state after ``event``. Applies facts; never refuses one."""
    match event:
        case StaffScreened():
            return replace(state, screening=event)
        case ResponsibilityStatementSigned(term_id=term_id):
            return replace(state, statements={**state.statements, term_id: event})
        case _:
            assert_never(event)


FITNESS: Decider[Fitness, FitnessCommand, FitnessEvent] = Decider(Fitness(), decide, evolve)


def _screen(state: Fitness, command: RecordScreening) -> list[FitnessEvent]:
    screened = StaffScreened(
        staff_id=command.staff_id,
        school_id=command.school_id,
        result=command.result,
        checked_on=command.checked_on,
        valid_until=command.valid_until if command.result == "clear" else None,
    )
    if screened == state.screening:
        return []
    _check_dates(screened, command.today)
    if state.screening is not None:
        _check_order(state.screening, screened)
    return [screened]


def _sign(state: Fitness, command: SignResponsibilityStatement) -> list[FitnessEvent]:
    signed = state.statements.get(command.term_id)
    if signed is not None and signed.statement_version == command.statement_version:
        return []
    if command.statement_version != command.current_version:
        raise errors.StatementOutdated(current_version=command.current_version)
    return [
        ResponsibilityStatementSigned(
            staff_id=command.staff_id,
            school_id=command.school_id,
            term_id=command.term_id,
            statement_version=command.statement_version,
            text_sha256=command.text_sha256,
            by=command.by,
        )
    ]


def _check_dates(screened: StaffScreened, today: date) -> None:
    if screened.checked_on > today:
        raise errors.ScreeningInTheFuture()
    if screened.result == "clear" and (
        screened.valid_until is None or screened.valid_until < screened.checked_on
    ):
        raise errors.ScreeningWithoutEnd()


def _check_order(newest: StaffScreened, screened: StaffScreened) -> None:
    lifts = newest.result == "barred" and screened.result == "clear"
    if screened.checked_on < newest.checked_on or (
        lifts and screened.checked_on == newest.checked_on
    ):
        raise errors.ScreeningSuperseded(checked_on=newest.checked_on)
