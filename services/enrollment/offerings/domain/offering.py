"""Offering: one activity of a term, with its teacher, venue, times, grades and places.

Rules:
    1. What is done there passes the guard of ``content``, at proposing and at every change
       (P1-009, P1-036, P1-087).
    2. It is of a kind of service that the plan has for the school's stage (P2-035), on days and
       at hours of that kind (P1-013, P1-015, P2-034, P2-037, P2-041), never during lessons of
       the school (P2-080) or the time that is reserved for the staff (P1-018), for grades of the
       school (P1-086).
    3. A teacher and a venue are at one place at a time; no more places than the venue holds
       (P1-025). A capacity of zero is legal: nobody is placed, everybody waits.
    4. The bureau may return it with a reason; amended, it is proposed again (P1-028). It opens
       to families only under an approved plan, and an interest activity only where enough
       families wish for it (P1-007, P2-044).
    5. The school is the provider of record, whoever teaches (P2-004). Outside bodies teach only
       while they are admitted, with a valid licence: at proposing, at every change and at
       opening (P1-079, P2-061).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias, assert_never

from chassis.kernel.decider import Decider
from contracts.enrollment.offerings import (
    OfferingAmended,
    OfferingClosed,
    OfferingOpened,
    OfferingProposed,
    OfferingReturned,
)
from services.enrollment.offerings.domain import commands, errors
from services.enrollment.offerings.domain.checks import check_terms
from services.enrollment.offerings.domain.commands import OfferingCommand, Terms
from services.enrollment.offerings.domain.events import OfferingEvent
from services.enrollment.offerings.domain.providers import SCHOOL, check_taught_by


@dataclass(frozen=True, slots=True)
class Unproposed:
    """There is no such offering."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """On record; families see it while it is ``open``."""

    offering_id: str
    terms: Terms
    taught_by: str = SCHOOL
    standing: Literal["proposed", "returned", "open", "closed"] = "proposed"


Offering: TypeAlias = Unproposed | Proposed


def decide(state: Offering, command: OfferingCommand) -> list[OfferingEvent]:
    """Return the events ``command`` causes: none when it is already so.

    Raises:
        BusinessRuleViolation: a rule above refuses the command.
    """
    match command:
        case commands.ProposeOffering():
            return _propose(state, command)
        case commands.AmendOffering():
            return _amend(_proposed(state), command)
        case commands.ReturnOffering():
            return _return(_proposed(state))
        case commands.OpenOffering():
            return _open(_proposed(state), command)
        case commands.CloseOffering():
            return _close(_proposed(state))
        case _:
            assert_never(command)


def evolve(state: Offering, event: OfferingEvent) -> Offering:
    """Return the state after ``event``. Applies facts; never refuses one."""
    match event:
        case OfferingProposed():
            terms = _terms(event, event.service_kind)
            return Proposed(offering_id=event.offering_id, terms=terms, taught_by=event.taught_by)
        case OfferingAmended() if isinstance(state, Proposed):
            standing = "proposed" if state.standing == "returned" else state.standing
            return replace(state, terms=_terms(event, state.terms.service_kind), standing=standing)
        case OfferingReturned() if isinstance(state, Proposed):
            return replace(state, standing="returned")
        case OfferingOpened() if isinstance(state, Proposed):
            return replace(state, standing="open")
        case OfferingClosed() if isinstance(state, Proposed):
            return replace(state, standing="closed")
        case _:
            return state


OFFERING: Decider[Offering, OfferingCommand, OfferingEvent] = Decider(Unproposed(), decide, evolve)


def _terms(event: OfferingProposed | OfferingAmended, service_kind: str) -> Terms:
    return Terms(
        title=event.title,
        service_kind=service_kind,
        content_kind=event.content_kind,
        subject=event.subject,
        teacher_id=event.teacher_id,
        venue_id=event.venue_id,
        capacity=event.capacity,
        grades=tuple(event.grades),
        weekdays=tuple(event.weekdays),
        starts=event.starts,
        ends=event.ends,
    )


def _proposed(state: Offering) -> Proposed:
    if isinstance(state, Unproposed):
        raise errors.OfferingUnknown()
    return state


def _propose(state: Offering, command: commands.ProposeOffering) -> list[OfferingEvent]:
    if isinstance(state, Proposed):
        return []
    terms = command.terms
    check_terms(command.offering_id, terms, command.setting)
    check_taught_by(command.taught_by, command.setting.provider)
    return [
        OfferingProposed(
            offering_id=command.offering_id,
            school_id=command.school_id,
            term_id=command.term_id,
            title=terms.title,
            service_kind=terms.service_kind,
            content_kind=terms.content_kind,
            subject=terms.subject,
            teacher_id=terms.teacher_id,
            venue_id=terms.venue_id,
            capacity=terms.capacity,
            grades=terms.grades,
            weekdays=terms.weekdays,
            starts=terms.starts,
            ends=terms.ends,
            provider_of_record=command.school_id,
            taught_by=command.taught_by,
        )
    ]


def _amend(state: Proposed, command: commands.AmendOffering) -> list[OfferingEvent]:
    if state.standing == "closed":
        raise _closed()
    terms = replace(command.terms, service_kind=state.terms.service_kind)
    check_terms(state.offering_id, terms, command.setting)
    if terms == state.terms and state.standing != "returned":
        return []
    check_taught_by(state.taught_by, command.setting.provider)
    return [
        OfferingAmended(
            offering_id=state.offering_id,
            title=terms.title,
            content_kind=terms.content_kind,
            subject=terms.subject,
            teacher_id=terms.teacher_id,
            venue_id=terms.venue_id,
            capacity=terms.capacity,
            grades=terms.grades,
            weekdays=terms.weekdays,
            starts=terms.starts,
            ends=terms.ends,
        )
    ]


def _return(state: Proposed) -> list[OfferingEvent]:
    match state.standing:
        case "returned":
            return []
        case "closed":
            raise _closed()
        case "proposed" | "open":
            return [OfferingReturned(offering_id=state.offering_id)]
        case _:
            assert_never(state.standing)


def _open(state: Proposed, command: commands.OpenOffering) -> list[OfferingEvent]:
    match state.standing:
        case "open":
            return []
        case "closed":
            raise _closed()
        case "returned":
            raise errors.OfferingWasReturned()
        case "proposed":
            _check_may_open(command)
            check_taught_by(state.taught_by, command.provider)
            return [OfferingOpened(offering_id=state.offering_id)]
        case _:
            assert_never(state.standing)


def _check_may_open(command: commands.OpenOffering) -> None:
    if not command.plan_in_force:
        raise errors.OfferingNotOpen()
    if command.least is not None and (command.demand or 0) < command.least:
        raise errors.DemandTooSmall(least=command.least, demand=command.demand or 0)


def _close(state: Proposed) -> list[OfferingEvent]:
    if state.standing == "closed":
        return []
    return [OfferingClosed(offering_id=state.offering_id)]


def _closed() -> errors.OfferingClosedAlready:
    return errors.OfferingClosedAlready()
