"""Tariff: what a school asks per pupil and month where the plan sets a cap, not a price.

Rules:
    1. Where the plan names the price, a school sets none (P1-045).
    2. Without the cap there is no tariff; a tariff is never above the cap (P2-065, P2-066).
    3. A tariff holds for whole months, from the first day of one (P1-046), and for none that is
       already charged. The same one again changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from chassis.kernel.decider import Decider
from contracts.fees.tariffs import TariffActivated
from services.fees.charges.domain.amounts import yuan
from services.fees.charges.domain.months import month_of
from services.fees.charges.errors import MonthAlreadyCharged
from services.fees.tariffs import errors
from services.fees.tariffs.domain.pricing import FixedByPlan, Pricing, cap_of, check_cap


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTariff:
    """``charged_through``: the last month in which the school has charged anybody."""

    school_id: str
    amount_fen: int
    effective_from: date
    pricing: Pricing
    charged_through: str | None


@dataclass(frozen=True, slots=True)
class Tariffs:
    """The school's prices by the day from which they hold."""

    by_first_day: Mapping[date, int] = field(default_factory=lambda: MappingProxyType({}))


def decide(state: Tariffs, command: SetTariff) -> list[TariffActivated]:
    """Return the events ``command`` causes: none when it is already so.

    Raises:
        BusinessRuleViolation: a rule above refuses the command.
    """
    _check_amount(command.pricing, command.amount_fen)
    if state.by_first_day.get(command.effective_from) == command.amount_fen:
        return []
    _check_first_day(command)
    return [
        TariffActivated(
            school_id=command.school_id,
            amount_fen=command.amount_fen,
            effective_from=command.effective_from,
        )
    ]


def evolve(state: Tariffs, event: TariffActivated) -> Tariffs:
    """Return the state after ``event``. Applies facts; never refuses one."""
    prices = {**state.by_first_day, event.effective_from: event.amount_fen}
    return Tariffs(MappingProxyType(prices))


TARIFF: Decider[Tariffs, SetTariff, TariffActivated] = Decider(Tariffs(), decide, evolve)


def stream_of(school_id: str) -> str:
    """Return the name of a school's stream of tariffs."""
    return f"tariff-{school_id}"


def _check_amount(pricing: Pricing, amount_fen: int) -> None:
    if isinstance(pricing, FixedByPlan):
        raise errors.TariffFixedByPlan(amount=yuan(pricing.amount_fen))
    check_cap(amount_fen, cap_of(pricing))


def _check_first_day(command: SetTariff) -> None:
    if command.effective_from.day != 1:
        raise errors.TariffNotFromFirstOfMonth()
    charged = command.charged_through
    if charged is not None and month_of(command.effective_from) <= charged:
        raise MonthAlreadyCharged("tariff", charged=charged)
