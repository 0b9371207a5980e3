"""Volunteering: a person's own consent to serve in a term.

Rules:
    1. Only the person consents, for one term, and only if the plan admits that kind of staff
       (P1-030: teachers of the school; P2-060: more). Consenting again changes nothing.
    2. Consent is taken back with notice: it ends on a day not earlier than the days of notice
       from today. A person may volunteer again.
    3. Nobody is given a session without standing consent, a clear screening and a signed
       statement of responsibility (P1-030, P1-031); screening and statement are safety's facts.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias, assert_never

from chassis.kernel.decider import Decider
from chassis.kernel.errors import BusinessRuleViolation
from contracts.enrollment.volunteering import TeacherVolunteered, TeacherWithdrew

VolunteerEvent: TypeAlias = TeacherVolunteered | TeacherWithdrew


class StaffKindNotAdmitted(BusinessRuleViolation):
    code = "enrollment.staff-kind-not-admitted"
    clauses = ("P1-030", "P2-060")


class NotVolunteered(BusinessRuleViolation):
    code = "enrollment.not-volunteered"
    clauses = ("P1-030",)


class NotScreened(BusinessRuleViolation):
    code = "enrollment.not-screened"
    clauses = ("P1-031", "P2-060")


class StatementMissing(BusinessRuleViolation):
    code = "enrollment.statement-missing"
    clauses = ("P1-031", "P1-100")


class NoticeTooShort(BusinessRuleViolation):
    code = "enrollment.notice-too-short"
    clauses = ("P1-030",)


@dataclass(frozen=True, slots=True, kw_only=True)
class VolunteerForDuty:
    staff_id: str
    term_id: str
    kind: str
    admitted: Collection[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawVolunteering:
    effective_on: date
    notice_days: int
    today: date


VolunteerCommand: TypeAlias = VolunteerForDuty | WithdrawVolunteering


@dataclass(frozen=True, slots=True)
class Silent:
    """Never volunteered."""


@dataclass(frozen=True, slots=True)
class Willing:
    """Consents; ``until`` is the first day without consent, None while it stands."""

    given: TeacherVolunteered
    until: date | None = None


Volunteering: TypeAlias = Silent | Willing


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitness:
    """What must be true of a person before a session is given to them."""

    consents: bool
    screened: bool
    statement: bool


def decide(state: Volunteering, command: VolunteerCommand) -> list[VolunteerEvent]:
    """Return the events ``command`` causes: none when it is already so.

    Raises:
        BusinessRuleViolation: a rule above refuses the command.
    """
    match command:
        case VolunteerForDuty():
            return _volunteer(state, command)
        case WithdrawVolunteering():
            return _withdraw(state, command)
        case _:
            assert_never(command)


def evolve(state: Volunteering, event: VolunteerEvent) -> Volunteering:
    """Return the state after ``event``."""
    match event:
        case TeacherVolunteered():
            return Willing(event)
        case TeacherWithdrew(effective_on=day):
            return Willing(state.given, day) if isinstance(state, Willing) else state
        case _:
            assert_never(event)


VOLUNTEERING: Decider[Volunteering, VolunteerCommand, VolunteerEvent] = Decider(
    Silent(), decide, evolve
)


def check_fit(fitness: Fitness) -> None:
    """Check that a person may be given a session.

    Raises:
        BusinessRuleViolation: consent, screening or statement is missing.
    """
    if not fitness.consents:
        raise NotVolunteered()
    if not fitness.screened:
        raise NotScreened()
    if not fitness.statement:
        raise StatementMissing()


def _volunteer(state: Volunteering, command: VolunteerForDuty) -> list[VolunteerEvent]:
    if isinstance(state, Willing) and state.until is None:
        return []
    if command.kind not in command.admitted:
        raise StaffKindNotAdmitted(admitted=command.admitted)
    return [TeacherVolunteered(staff_id=command.staff_id, term_id=command.term_id)]


def _withdraw(state: Volunteering, command: WithdrawVolunteering) -> list[VolunteerEvent]:
    if isinstance(state, Silent):
        raise NotVolunteered("nothing-to-take-back")
    if state.until is not None:
        return []
    earliest = command.today + timedelta(days=command.notice_days)
    if command.effective_on < earliest:
        raise NoticeTooShort(notice_days=command.notice_days, earliest=earliest)
    return [
        TeacherWithdrew(
            staff_id=state.given.staff_id,
            term_id=state.given.term_id,
            effective_on=command.effective_on,
        )
    ]
