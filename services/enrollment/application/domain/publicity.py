"""Publicity: the list of accepted pupils, shown for some working days, then confirmed.

Rules:
    1. A list names at least one accepted application that is on no other list (P1-062, P1-063).
    2. It is shown from the day it is published until the end of the last working day of the
       period; the day of publication is not counted. Working days are Monday to Friday: statutory
       holidays are not subtracted, since the calendar is another service's; a list that meets one
       is simply confirmed later.
    3. Anybody who sees it may object while it is shown; an open objection keeps it from being
       confirmed until the school has answered (P1-063).
    4. It is confirmed once, after that day (P1-063); confirming again changes nothing. Families
       that declined meanwhile, and rejected ones, are not confirmed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TypeAlias, assert_never

from chassis.kernel.decider import Decider
from contracts.enrollment.publicity import (
    AcceptedListPublished,
    ListConfirmed,
    ObjectionRaised,
    ObjectionResolved,
)
from services.enrollment.application.domain import errors
from services.enrollment.application.domain.events import PublicityEvent
from services.enrollment.register.domain import errors as register_errors

SATURDAY = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishList:
    """``application_ids`` are the accepted ones of the term that no list names yet."""

    publicity_id: str
    school_id: str
    term_id: str
    application_ids: tuple[str, ...]
    working_days: int
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmList:
    """``standing`` are those of the list that neither declined nor were rejected."""

    standing: tuple[str, ...]
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseObjection:
    objection_id: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveObjection:
    """``upheld``: the school agrees with it; what follows for an application is decided there."""

    objection_id: str
    upheld: bool


Command: TypeAlias = PublishList | ConfirmList | RaiseObjection | ResolveObjection


@dataclass(frozen=True, slots=True)
class Unpublished:
    """There is no such list."""


@dataclass(frozen=True, slots=True)
class Published:
    """Shown to the public; ``objections`` by id, True once resolved."""

    listing: AcceptedListPublished
    objections: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Final."""

    listing: AcceptedListPublished


Publicity: TypeAlias = Unpublished | Published | Confirmed


def decide(state: Publicity, command: Command) -> list[PublicityEvent]:
    """Return the events ``command`` causes: none when it is already so.

    Raises:
        BusinessRuleViolation: a rule above refuses the command.
    """
    match command:
        case PublishList():
            return _publish(state, command)
        case ConfirmList():
            return _confirm(state, command)
        case RaiseObjection():
            return _object(state, command)
        case ResolveObjection():
            return _resolve(state, command)
        case _:
            assert_never(command)


def evolve(state: Publicity, event: PublicityEvent) -> Publicity:
    """Return the state after ``event``. Applies facts; never refuses one."""
    match event:
        case AcceptedListPublished():
            return Published(event)
        case ListConfirmed():
            return state if isinstance(state, Unpublished) else Confirmed(state.listing)
        case ObjectionRaised(objection_id=which):
            return _noted(state, which, resolved=False)
        case ObjectionResolved(objection_id=which):
            return _noted(state, which, resolved=True)
        case _:
            assert_never(event)


PUBLICITY: Decider[Publicity, Command, PublicityEvent] = Decider(Unpublished(), decide, evolve)


def _noted(state: Publicity, objection_id: str, *, resolved: bool) -> Publicity:
    if not isinstance(state, Published):
        return state
    return replace(state, objections={**state.objections, objection_id: resolved})


def last_day(published_on: date, working_days: int) -> date:
    """Return the ``working_days``-th working day after ``published_on``."""
    day = published_on
    while working_days:
        day += timedelta(days=1)
        working_days -= day.isoweekday() < SATURDAY
    return day


def _publish(state: Publicity, command: PublishList) -> list[PublicityEvent]:
    if not isinstance(state, Unpublished):
        return []
    if not command.application_ids:
        raise errors.NothingToPublish()
    return [
        AcceptedListPublished(
            publicity_id=command.publicity_id,
            school_id=command.school_id,
            term_id=command.term_id,
            application_ids=command.application_ids,
            published_on=command.today,
            closes_on=last_day(command.today, command.working_days),
        )
    ]


def _confirm(state: Publicity, command: ConfirmList) -> list[PublicityEvent]:
    match state:
        case Unpublished():
            raise register_errors.PublicityUnknown()
        case Confirmed():
            return []
        case Published(listing, objections):
            waiting = sum(not resolved for resolved in objections.values())
            if waiting:
                raise errors.ObjectionsOpen(waiting=waiting)
            if command.today <= listing.closes_on:
                raise errors.PublicityNotOver(closes_on=listing.closes_on)
            return [
                ListConfirmed(
                    publicity_id=listing.publicity_id,
                    school_id=listing.school_id,
                    term_id=listing.term_id,
                    application_ids=command.standing,
                )
            ]
        case _:
            assert_never(state)


def _object(state: Publicity, command: RaiseObjection) -> list[PublicityEvent]:
    match state:
        case Unpublished():
            raise register_errors.PublicityUnknown()
        case Confirmed():
            raise errors.PublicityOver("confirmed")
        case Published(listing, objections):
            if command.objection_id in objections:
                return []
            if command.today > listing.closes_on:
                raise errors.PublicityOver(closes_on=listing.closes_on)
            return [
                ObjectionRaised(
                    publicity_id=listing.publicity_id, objection_id=command.objection_id
                )
            ]
        case _:
            assert_never(state)


def _resolve(state: Publicity, command: ResolveObjection) -> list[PublicityEvent]:
    if not isinstance(state, Published) or command.objection_id not in state.objections:
        raise errors.ObjectionUnknown()
    if state.objections[command.objection_id]:
        return []
    return [
        ObjectionResolved(
            publicity_id=state.listing.publicity_id,
            objection_id=command.objection_id,
            upheld=command.upheld,
        )
    ]
