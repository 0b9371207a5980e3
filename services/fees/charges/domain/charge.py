"""Charge: one pupil's fee for one month, and what has been paid of it.

Rules:
    1. A pupil is charged once per month; charging again changes nothing (P1-046).
    2. No month before it has begun, and none outside the pupil's enrolment: nothing is charged in
       advance across months or terms (P1-046). An enrolment ends the day before a withdrawal; a
       month without a day that is not suspended is outside (P1-079).
    3. amount = standard - waived, in whole fen, never negative (P1-098).
    4. Who takes part only in what is free is not charged (P2-016, P1-096).
    5. A payment is for a charge and never above what is open (P1-096); none is ever changed.
    6. A charged month that turns out to be outside the pupil's enrolment is asked back, once: what
       was paid goes back, the rest is not owed (P1-079). Nothing is paid for it any more. It is
       charged anew if the pupil comes back within it. What cost nothing is not asked back.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias, assert_never

from chassis.kernel.decider import Decider
from contracts.fees.charges import FeeCharged, PaymentRecorded, RefundRequested
from services.fees.charges import errors
from services.fees.charges.domain.amounts import WaiverTerms, is_charged, waived_part, yuan
from services.fees.charges.domain.months import first_day, last_day, month_of

ChargeEvent: TypeAlias = FeeCharged | PaymentRecorded | RefundRequested


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


@dataclass(frozen=True, slots=True)
class Uncharged:
    """Nothing is owed."""


@dataclass(frozen=True, slots=True)
class Charged:
    """The month is charged."""

    charged: FeeCharged
    paid_fen: int = 0

    @property
    def open_fen(self) -> int:
        """What is still to be paid."""
        return self.charged.amount_fen - self.paid_fen


@dataclass(frozen=True, slots=True)
class AskedBack:
    """The month was charged and is not owed after all."""


Charge: TypeAlias = Uncharged | Charged | AskedBack


def decide(state: Charge, command: ChargeCommand) -> list[ChargeEvent]:
    """Return the events ``command`` causes: none when it is already so.

    Raises:
        BusinessRuleViolation: a rule above refuses the command.
    """
    match command:
        case ChargeMonth():
            return _charge(state, command)
        case RecordPayment():
            return _pay(state, command)
        case RequestRefund():
            return _ask_back(state, command)
        case _:
            assert_never(command)


def evolve(state: Charge, event: ChargeEvent) -> Charge:
    """Return the state after ``event``. Applies facts; never refuses one."""
    match event:
        case FeeCharged():
            return Charged(event)
        case PaymentRecorded(amount_fen=amount):
            if isinstance(state, Charged):
                return replace(state, paid_fen=state.paid_fen + amount)
            return state
        case RefundRequested():
            return AskedBack()
        case _:
            assert_never(event)


CHARGE: Decider[Charge, ChargeCommand, ChargeEvent] = Decider(Uncharged(), decide, evolve)


def stream_of(student_id: str, month: str) -> str:
    """Return the name of a pupil's stream for a month."""
    return f"charge-{student_id}-{month}"


def check_begun(month: str, today_month: str) -> None:
    """Raise MonthInTheFuture if ``month`` has not begun."""
    if month > today_month:
        raise errors.MonthInTheFuture(month=month)


def _charge(state: Charge, command: ChargeMonth) -> list[ChargeEvent]:
    if isinstance(state, Charged):
        return []
    check_begun(command.month, month_of(command.today))
    _check_enrolled(command)
    if not is_charged(command.service_kinds):
        return []
    waiver = command.waiver
    waived = waived_part(command.standard_fen, waiver.ratio_bp) if waiver else 0
    return [
        FeeCharged(
            charge_id=command.charge_id,
            school_id=command.school_id,
            student_id=command.student_id,
            term_id=command.term_id,
            month=command.month,
            standard_fen=command.standard_fen,
            waived_fen=waived,
            amount_fen=command.standard_fen - waived,
            waiver_category=waiver.category if waiver else None,
        )
    ]


def _check_enrolled(command: ChargeMonth) -> None:
    begins, ends = first_day(command.month), last_day(command.month)
    if command.ends_on < begins or command.starts_on > ends:
        raise errors.MonthOutsideEnrolment(
            starts_on=command.starts_on, ends_on=command.ends_on, month=command.month
        )


def _pay(state: Charge, command: RecordPayment) -> list[ChargeEvent]:
    match state:
        case Uncharged():
            raise errors.ChargeUnknown(month=command.month)
        case AskedBack():
            raise errors.MonthRefunded(month=command.month)
        case Charged(open_fen=still_open) if command.amount_fen > still_open:
            raise errors.PaymentAboveOpenAmount(
                amount=yuan(command.amount_fen), still_open=yuan(still_open)
            )
        case Charged():
            return [
                PaymentRecorded(
                    payment_id=command.payment_id,
                    school_id=command.school_id,
                    student_id=command.student_id,
                    month=command.month,
                    amount_fen=command.amount_fen,
                    method=command.method,
                )
            ]
        case _:
            assert_never(state)


def _ask_back(state: Charge, command: RequestRefund) -> list[ChargeEvent]:
    match state:
        case Uncharged() | AskedBack() | Charged(charged=FeeCharged(amount_fen=0)):
            return []
        case Charged(charged=charged):
            return [
                RefundRequested(
                    refund_id=command.refund_id,
                    school_id=charged.school_id,
                    student_id=charged.student_id,
                    charge_id=charged.charge_id,
                    month=charged.month,
                    amount_fen=state.paid_fen,
                    lapsed_fen=state.open_fen,
                    cause=command.cause,
                )
            ]
        case _:
            assert_never(state)
