"""What a month costs a pupil, in whole fen.

Rules:
    1. Plan 1 names the price (P1-045). Plan 2 names a cap per stage and leaves its amount blank
       (P2-065, P2-066): without the cap there is no price, and no price is above it.
    2. A waiver takes its ratio off the standard; half a fen goes the family's way (P1-098).
    3. The fee pays for custody after school. Individual help is free (P2-016); early arrival,
       lunch and nap are no part of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from services.fees.domain import errors

NOT_CHARGED = frozenset({"individual_help", "flexible_arrival", "lunch", "nap"})
WHOLE_BP = 10_000


@dataclass(frozen=True, slots=True)
class FixedByPlan:
    """The plan names the price itself."""

    amount_fen: int


@dataclass(frozen=True, slots=True)
class CappedByPlan:
    """The school sets a price up to the cap in ``parameter``; None is a blank of the plan."""

    parameter: str
    cap_fen: int | None


Pricing: TypeAlias = FixedByPlan | CappedByPlan


def standard_fee(pricing: Pricing, tariff_fen: int | None) -> int:
    """Return the price of one month before any waiver.

    Raises:
        ParameterUnset: the cap is blank.
        TariffMissing: the school has set no price for the month.
        TariffAboveCap: the cap has been lowered below the school's price.
    """
    match pricing:
        case FixedByPlan(amount_fen=amount):
            return amount
        case CappedByPlan():
            cap = cap_of(pricing)
            if tariff_fen is None:
                raise errors.TariffMissing()
            check_cap(tariff_fen, cap)
            return tariff_fen
        case _:
            assert_never(pricing)


def cap_of(pricing: CappedByPlan) -> int:
    """Return the cap.

    Raises:
        ParameterUnset: the plan leaves it blank and nobody has set it.
    """
    if pricing.cap_fen is None:
        raise errors.UNSET[pricing.parameter](parameter=pricing.parameter)
    return pricing.cap_fen


def check_cap(amount_fen: int, cap_fen: int) -> None:
    """Raise TariffAboveCap if the price is above the cap."""
    if amount_fen > cap_fen:
        raise errors.TariffAboveCap(amount=yuan(amount_fen), cap=yuan(cap_fen))


def waived_part(standard_fen: int, ratio_bp: int) -> int:
    """Return what a waiver of ``ratio_bp`` basis points takes off; half a fen is rounded up."""
    return (standard_fen * ratio_bp + WHOLE_BP // 2) // WHOLE_BP


def is_charged(service_kinds: tuple[str, ...]) -> bool:
    """Tell whether a pupil who takes part in these services owes the monthly fee."""
    return not NOT_CHARGED.issuperset(service_kinds)


def yuan(fen: int) -> str:
    """Return an amount for people: 8000 is 80.00."""
    return f"{fen // 100}.{fen % 100:02d}"
