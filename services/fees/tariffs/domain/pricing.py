"""What a month costs before any waiver, in whole fen.

Plan 1 names the price (P1-045). Plan 2 names a cap per stage and leaves its amount blank (P2-065,
P2-066): without the cap there is no price, and no price is above it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from services.fees.charges.domain.amounts import yuan
from services.fees.tariffs import errors


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
