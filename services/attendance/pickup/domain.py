"""Pick-up list: the adults who may fetch one pupil.

Rules:
    1. An adult is authorised with a relation and dates; the same again changes nothing, other
       terms replace the earlier ones.
    2. Guardians are authorised by being linked to the pupil, once: a guardian whom the school
       struck off does not come back by the next import.
    3. Revoking works at once and for good; only a new authorisation brings the adult back.
       A guardian cannot be struck off by another one (the school decides, with proof).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Literal, TypeAlias, assert_never

from chassis.kernel.decider import Decider
from contracts.attendance.pickup import PickupAuthorised, PickupRevoked
from services.attendance.pickup import errors


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorisePickup:
    authorisation_id: str
    student_id: str
    receiver_id: str
    relation: str
    valid_from: date
    valid_to: date | None
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthoriseGuardian:
    authorisation_id: str
    student_id: str
    guardian_id: str
    relation: str
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokePickup:
    """``guardian_refused``: the receiver is a guardian and the caller may not decide about that."""

    receiver_id: str
    guardian_refused: bool


PickupListCommand: TypeAlias = AuthorisePickup | AuthoriseGuardian | RevokePickup
PickupListEvent: TypeAlias = PickupAuthorised | PickupRevoked


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """May this adult fetch this pupil today? ``relation`` is set if the adult is on the list."""

    state: Literal["valid", "not_yet", "expired", "revoked", "unknown"]
    relation: str | None = None


@dataclass(frozen=True, slots=True)
class Receiver:
    """An adult on the list; ``revoked`` once struck off."""

    terms: PickupAuthorised
    revoked: bool = False


PickupList: TypeAlias = Mapping[str, Receiver]
"""receiver_id → the adult's newest terms."""


def decide(state: PickupList, command: PickupListCommand) -> list[PickupListEvent]:
    """Return the events ``command`` causes: none when it is already so.

    Raises:
        BusinessRuleViolation: a rule above refuses the command.
    """
    match command:
        case AuthorisePickup():
            return _authorise(state, command)
        case AuthoriseGuardian():
            return _authorise_guardian(state, command)
        case RevokePickup():
            return _revoke(state, command)
        case _:
            assert_never(command)


def evolve(state: PickupList, event: PickupListEvent) -> PickupList:
    """Return the state after ``event``. Applies facts; never refuses one."""
    match event:
        case PickupAuthorised(receiver_id=receiver_id):
            return {**state, receiver_id: Receiver(event)}
        case PickupRevoked(receiver_id=receiver_id):
            return {**state, receiver_id: replace(state[receiver_id], revoked=True)}
        case _:
            assert_never(event)


PICKUP_LIST: Decider[PickupList, PickupListCommand, PickupListEvent] = Decider(
    MappingProxyType({}), decide, evolve
)


def standing(state: PickupList, receiver_id: str, day: date) -> Standing:
    """Return whether the adult may fetch the pupil on ``day``."""
    receiver = state.get(receiver_id)
    if receiver is None:
        return Standing(state="unknown")
    terms = receiver.terms
    if receiver.revoked:
        return Standing(state="revoked", relation=terms.relation)
    if day < terms.valid_from:
        return Standing(state="not_yet", relation=terms.relation)
    if terms.valid_to is not None and day > terms.valid_to:
        return Standing(state="expired", relation=terms.relation)
    return Standing(state="valid", relation=terms.relation)


def _authorise(state: PickupList, command: AuthorisePickup) -> list[PickupListEvent]:
    if command.valid_to is not None and command.valid_to < max(command.valid_from, command.today):
        raise errors.ValidityOutOfOrder()
    terms = PickupAuthorised(
        authorisation_id=command.authorisation_id,
        student_id=command.student_id,
        receiver_id=command.receiver_id,
        relation=command.relation,
        valid_from=command.valid_from,
        valid_to=command.valid_to,
    )
    held = state.get(command.receiver_id)
    return [] if held and _same(held, terms, command.today) else [terms]


def _same(held: Receiver, wished: PickupAuthorised, today: date) -> bool:
    begun = held.terms.valid_from <= today and wished.valid_from <= today
    same_start = begun or held.terms.valid_from == wished.valid_from
    return (
        not held.revoked
        and same_start
        and held.terms.relation == wished.relation
        and held.terms.valid_to == wished.valid_to
    )


def _authorise_guardian(state: PickupList, command: AuthoriseGuardian) -> list[PickupListEvent]:
    held = state.get(command.guardian_id)
    if held and (held.revoked or held.terms.relation == command.relation):
        return []
    return [
        PickupAuthorised(
            authorisation_id=command.authorisation_id,
            student_id=command.student_id,
            receiver_id=command.guardian_id,
            relation=command.relation,
            valid_from=command.since,
            valid_to=None,
        )
    ]


def _revoke(state: PickupList, command: RevokePickup) -> list[PickupListEvent]:
    held = state.get(command.receiver_id)
    if held is None:
        raise errors.AuthorisationUnknown()
    if held.revoked:
        return []
    if command.guardian_refused:
        raise errors.GuardianStays()
    return [
        PickupRevoked(
            authorisation_id=held.terms.authorisation_id,
            student_id=held.terms.student_id,
            receiver_id=command.receiver_id,
        )
    ]
