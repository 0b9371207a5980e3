"""Placement: a pupil's place in the service, from the signed agreement to the last day.

Rules:
    1. The guardian, or the school with a reason, ends it from a day on: today or later, and within
       the enrolment (P1-079). From that day the pupil is not in the service. The first withdrawal
       stands; another changes nothing. The family may apply again for the same term.
    2. It is suspended from a day, until a day or until it is resumed; both days are within the
       enrolment, and neither is past. One suspension at a time: who wants other days resumes first.
    3. It is resumed on a day, today or later; before the suspension begins, that cancels it. What
       is not suspended needs no resuming: nothing changes.
    4. Who leaves the school's register is withdrawn by the school from that day; no day of the
       enrolment before it is lost.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeAlias, assert_never

from contracts.enrollment.placement import (
    By,
    EnrolmentResumed,
    EnrolmentSuspended,
    StudentWithdrawn,
)
from services.enrollment.application.domain import errors
from services.enrollment.application.domain.commands import Form
from services.enrollment.application.domain.placement_events import PlacementEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawStudent:
    """``reasoned``: a reason is given. A family owes none."""

    application_id: str
    effective_on: date
    by: By
    reasoned: bool
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspendEnrolment:
    """``until_on`` is the last suspended day; None: until it is resumed."""

    application_id: str
    from_on: date
    until_on: date | None
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeEnrolment:
    """``on`` is the first day back."""

    application_id: str
    on: date
    today: date


PlacementCommand: TypeAlias = WithdrawStudent | SuspendEnrolment | ResumeEnrolment


@dataclass(frozen=True, slots=True)
class Suspension:
    """The days a pupil stays away; without an end as long as ``until_on`` is None."""

    from_on: date
    until_on: date | None

    def over(self, today: date) -> bool:
        """Tell whether the last day is past."""
        return self.until_on is not None and self.until_on < today


@dataclass(frozen=True, slots=True)
class Enrolled:
    """The agreement is signed."""

    form: Form
    starts_on: date
    ends_on: date
    suspension: Suspension | None = None


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The pupil leaves the service, or has left it, on ``effective_on``."""

    form: Form
    effective_on: date


Placement: TypeAlias = Enrolled | Withdrawn


def decide(state: Placement, command: PlacementCommand) -> list[PlacementEvent]:
    """Return the events ``command`` causes: none when it is already so.

    Raises:
        BusinessRuleViolation: a rule above refuses the command.
    """
    match command:
        case WithdrawStudent():
            return _withdraw(state, command)
        case SuspendEnrolment():
            return _suspend(_attending(state), command)
        case ResumeEnrolment():
            return _resume(_attending(state), command)
        case _:
            assert_never(command)


def evolve(state: Placement, event: PlacementEvent) -> Placement:
    """Return the state after ``event``. Applies facts; never refuses one."""
    if isinstance(state, Withdrawn):
        return state
    match event:
        case StudentWithdrawn():
            return Withdrawn(state.form, event.effective_on)
        case EnrolmentSuspended():
            return replace(state, suspension=Suspension(event.from_on, event.until_on))
        case EnrolmentResumed():
            suspension = state.suspension
            if suspension is None or event.on <= suspension.from_on:
                return replace(state, suspension=None)
            last = event.on - timedelta(days=1)
            return replace(state, suspension=Suspension(suspension.from_on, last))
        case _:
            assert_never(event)


def leave(state: Enrolled, effective_on: date) -> list[PlacementEvent]:
    """Return the withdrawal of a pupil who leaves the school; none if the enrolment ends before."""
    if effective_on > state.ends_on:
        return []
    return [_withdrawn(state, max(effective_on, state.starts_on), "school")]


def _withdraw(state: Placement, command: WithdrawStudent) -> list[PlacementEvent]:
    if isinstance(state, Withdrawn):
        return []
    if command.by == "school" and not command.reasoned:
        raise errors.ReasonMissing()
    _check_day(state, command.effective_on, max(command.today, state.starts_on))
    return [_withdrawn(state, command.effective_on, command.by)]


def _withdrawn(state: Enrolled, effective_on: date, by: By) -> StudentWithdrawn:
    return StudentWithdrawn(**_whose(state.form), effective_on=effective_on, by=by)


def _suspend(state: Enrolled, command: SuspendEnrolment) -> list[PlacementEvent]:
    wanted = Suspension(command.from_on, command.until_on)
    current = state.suspension
    if current == wanted:
        return []
    if current is not None and not current.over(command.today):
        raise errors.AlreadySuspended()
    _check_day(state, command.from_on, max(command.today, state.starts_on))
    if command.until_on is not None:
        _check_day(state, command.until_on, command.from_on)
    return [
        EnrolmentSuspended(**_whose(state.form), from_on=command.from_on, until_on=command.until_on)
    ]


def _resume(state: Enrolled, command: ResumeEnrolment) -> list[PlacementEvent]:
    current = state.suspension
    if current is None or current.over(command.today):
        return []
    if current.until_on is not None:
        back = current.until_on + timedelta(days=1)
        if command.on == back:
            return []
        if command.on > back:
            raise errors.PlacementDateWrong(
                "resumes-by-itself", until_on=current.until_on, back=back
            )
    _check_day(state, command.on, command.today)
    return [EnrolmentResumed(**_whose(state.form), on=command.on)]


def _attending(state: Placement) -> Enrolled:
    if isinstance(state, Withdrawn):
        raise errors.NotEnrolled("withdrawn", effective_on=state.effective_on)
    return state


def _check_day(state: Enrolled, day: date, first: date) -> None:
    if first > state.ends_on:
        raise errors.TermOver("placement")
    if not first <= day <= state.ends_on:
        raise errors.PlacementDateWrong(first=first, ends_on=state.ends_on)


def _whose(form: Form) -> dict[str, str]:
    return {
        "application_id": form.application_id,
        "school_id": form.school_id,
        "student_id": form.student_id,
        "term_id": form.term_id,
    }
