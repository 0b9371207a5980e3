"""Provider: an outside body that may teach in a school's service, and no longer may.

Rules:
    1. Third parties enter by the school's admission only (P1-079, P2-061), with a licence that
       has not ended. A newer admission, with a renewed licence or another price, takes the place
       of the one before.
    2. A provider leaves from a day on, today or later. The first removal stands; another changes
       nothing.
    3. Who was removed may be admitted again, also before the removal's day, which cancels it.
    4. Saying the same again changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias, assert_never

from chassis.kernel.decider import Decider
from contracts.safety.providers import ProviderAdmitted, ProviderRemoved
from services.safety.providers import errors

ProviderEvent: TypeAlias = ProviderAdmitted | ProviderRemoved


@dataclass(frozen=True, slots=True, kw_only=True)
class AdmitProvider:
    """``agreed_price_fen`` is what the school pays it; families pay it nothing (P2-061)."""

    provider_id: str
    school_id: str
    licence_valid_until: date
    agreed_price_fen: int | None
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveProvider:
    effective_on: date
    today: date


ProviderCommand: TypeAlias = AdmitProvider | RemoveProvider


@dataclass(frozen=True, slots=True)
class Outside:
    """Never admitted."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """May teach as long as the licence holds; from ``leaves_on`` on no longer."""

    admission: ProviderAdmitted
    leaves_on: date | None = None


Provider: TypeAlias = Outside | Admitted


def decide(state: Provider, command: ProviderCommand) -> list[ProviderEvent]:
    """Return the events ``command`` causes: none when it is already so.

    Raises:
        BusinessRuleViolation: a rule above refuses the command.
    """
    match command:
        case AdmitProvider():
            return _admit(state, command)
        case RemoveProvider():
            return _remove(state, command)
        case _:
            assert_never(command)


def evolve(state: Provider, event: ProviderEvent) -> Provider:
    """Return the state after ``event``. Applies facts; never refuses one."""
    match event:
        case ProviderAdmitted():
            return Admitted(event)
        case ProviderRemoved(effective_on=day):
            return Admitted(state.admission, day) if isinstance(state, Admitted) else state
        case _:
            assert_never(event)


PROVIDER: Decider[Provider, ProviderCommand, ProviderEvent] = Decider(Outside(), decide, evolve)


def _admit(state: Provider, command: AdmitProvider) -> list[ProviderEvent]:
    admission = ProviderAdmitted(
        provider_id=command.provider_id,
        school_id=command.school_id,
        licence_valid_until=command.licence_valid_until,
        agreed_price_fen=command.agreed_price_fen,
    )
    if state == Admitted(admission):
        return []
    if command.licence_valid_until < command.today:
        raise errors.LicenceEnded(licence_valid_until=command.licence_valid_until)
    return [admission]


def _remove(state: Provider, command: RemoveProvider) -> list[ProviderEvent]:
    match state:
        case Outside():
            raise errors.ProviderUnknown()
        case Admitted(leaves_on=None, admission=admission):
            if command.effective_on < command.today:
                raise errors.RemovalInThePast(today=command.today)
            return [
                ProviderRemoved(
                    provider_id=admission.provider_id,
                    school_id=admission.school_id,
                    effective_on=command.effective_on,
                )
            ]
        case Admitted():
            return []
        case _:
            assert_never(state)
