"""What callers may ask of fees. Imperative mood; may be refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from services.fees.domain.pricing import Pricing
from services.fees.domain.values import WaiverTerms


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTariff:
    """``charged_through``: the last month in which the school has charged anybody."""

    school_id: str
    amount_fen: int
    effective_from: date
    pricing: Pricing
    charged_through: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantWaiver:
    """``ratio_bp`` is None if the policy has none; ``charged_through``: the pupil's last charge."""

    waiver_id: str
    school_id: str
    student_id: str
    category: str
    ratio_bp: int | None
    from_month: str
    to_month: str | None
    charged_through: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeMonth:
    charge_id: str
    school_id: str
    student_id: str
    term_id: str
    service_kinds: tuple[str, ...]
    starts_on: date
    ends_on: date
    month: str
    standard_fen: int
    waiver: WaiverTerms | None
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPayment:
    payment_id: str
    school_id: str
    student_id: str
    month: str
    amount_fen: int
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRefund:
    """``cause``: why the month is not owed after all."""

    refund_id: str
    cause: str


ChargeCommand: TypeAlias = ChargeMonth | RecordPayment | RequestRefund
