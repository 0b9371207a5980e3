"""What has happened in fees. Past tense; stored for ever, never refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class TariffActivated:
    school_id: str
    amount_fen: int
    effective_from: date
    currency: Literal["CNY"] = "CNY"
    unit: Literal["pupil_month"] = "pupil_month"
    status: Literal["provisional", "approved"] = "provisional"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeWaiverGranted:
    waiver_id: str
    school_id: str
    student_id: str
    category: str
    ratio_bp: int
    from_month: str
    to_month: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeCharged:
    charge_id: str
    school_id: str
    student_id: str
    term_id: str
    month: str
    standard_fen: int
    waived_fen: int
    amount_fen: int
    waiver_category: str | None
    currency: Literal["CNY"] = "CNY"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRecorded:
    payment_id: str
    school_id: str
    student_id: str
    month: str
    amount_fen: int
    method: str
    currency: Literal["CNY"] = "CNY"


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundRequested:
    """``amount_fen`` was paid and goes back; ``lapsed_fen`` was still open and is not owed."""

    refund_id: str
    school_id: str
    student_id: str
    charge_id: str
    month: str
    amount_fen: int
    lapsed_fen: int
    cause: str
    currency: Literal["CNY"] = "CNY"


ChargeEvent: TypeAlias = FeeCharged | PaymentRecorded | RefundRequested
