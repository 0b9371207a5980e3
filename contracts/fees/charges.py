"""What families are charged, what they pay, what is asked back. Money is integer fen."""

from __future__ import annotations

from typing import Annotated, Literal

from contracts.fees.vocabulary import MOST_FEN, Category
from contracts.shapes import (
    Fen,
    Id,
    Money,
    Month,
    OneOf,
    Page,
    Range,
    command,
    event,
    query,
    reply,
    request,
)

METHODS = ("bank_transfer", "cash", "wechat_pay", "alipay")
CAUSES = ("withdrawn",)
"""Why a refund is requested."""


@event
class FeeCharged:
    """One pupil's fee for one month: amount = standard - waived (P1-045, P1-046)."""

    charge_id: Id
    school_id: Id
    student_id: Id
    term_id: Id
    month: Month
    standard_fen: Fen
    waived_fen: Fen
    amount_fen: Fen
    currency: Literal["CNY"] = "CNY"
    waiver_category: Category | None


@event
class PaymentRecorded:
    """The school's finance office took money for a charge (P2-068)."""

    payment_id: Id
    school_id: Id
    student_id: Id
    month: Month
    amount_fen: Fen
    currency: Literal["CNY"] = "CNY"
    method: Annotated[str, OneOf(METHODS)]


@event
class RefundRequested:
    """A charged month is not owed after all; paying the money out is not an event yet (P1-079).

    ``amount_fen`` was paid and goes back, ``lapsed_fen`` was still open and is not owed: together
    they are the charge.
    """

    refund_id: Id
    school_id: Id
    student_id: Id
    charge_id: Id
    month: Month
    amount_fen: Fen
    lapsed_fen: Fen
    currency: Literal["CNY"] = "CNY"
    cause: Annotated[str, OneOf(CAUSES)]


@request
class RunCharges:
    """Charge every pupil enrolled in ``month`` once."""

    school_id: Id
    month: Month


@request
class RecordPayment:
    """Money taken for one pupil's month."""

    student_id: Id
    month: Month
    amount_fen: Annotated[int, Range(1, MOST_FEN)]
    method: Annotated[str, OneOf(METHODS)]


@request
class ListCharges(Page):
    student_id: Id


@request
class ListRefunds(Page):
    student_id: Id


@reply
class NotCharged:
    """A pupil who could not be charged, and why."""

    student_id: str
    code: str


@reply
class ChargeRun:
    """What a run did. ``total`` is what this run charged, ``month_total`` what the month comes to.

    ``free`` counts pupils whose services cost nothing.
    """

    month: str
    charged: int
    already_charged: int
    free: int
    refused: tuple[NotCharged, ...]
    total: Money
    month_total: Money


@reply
class Payment:
    """Money taken."""

    payment_id: str
    amount_fen: int
    method: str
    recorded_at: str


@reply
class PaymentTaken:
    """A payment, and how the month stands after it."""

    payment_id: str
    student_id: str
    month: str
    amount_fen: int
    currency: str
    paid_fen: int
    open_fen: int


@reply
class Charge:
    """One month of one pupil: amount = standard - waived, open = amount - paid.

    With a ``refund_id`` the month is not owed after all, and nothing is open.
    """

    charge_id: str
    school_id: str
    student_id: str
    term_id: str
    month: str
    standard_fen: int
    waived_fen: int
    amount_fen: int
    paid_fen: int
    open_fen: int
    currency: str
    waiver_category: str | None
    charged_at: str
    refund_id: str | None
    payments: tuple[Payment, ...]


@reply
class Charges:
    """A pupil's charges, newest month first."""

    items: tuple[Charge, ...]
    next: str | None


@reply
class Refund:
    """A charged month that is asked back; it is open, for paying out is not recorded yet.

    ``amount_fen`` was paid and goes back, ``lapsed_fen`` was still open and is not owed.
    """

    refund_id: str
    school_id: str
    student_id: str
    charge_id: str
    month: str
    amount_fen: int
    lapsed_fen: int
    currency: str
    cause: str
    requested_at: str


@reply
class Refunds:
    """A pupil's refunds, newest first."""

    items: tuple[Refund, ...]
    next: str | None


RUN_CHARGES = command(
    "run_charges",
    "/schools/{school_id}/charges:run",
    "Charge every enrolled pupil for a month, once",
    RunCharges,
    ChargeRun,
    roles=("school_finance",),
)
LIST_CHARGES = query(
    "list_charges",
    "/students/{student_id}/charges",
    "List a pupil's charges and payments",
    ListCharges,
    Charges,
    roles=("guardian", "school_office", "school_finance", "bureau"),
    reads=("student_id", "fees"),
)
LIST_REFUNDS = query(
    "list_refunds",
    "/students/{student_id}/refunds",
    "List what is to be given back to a pupil's family",
    ListRefunds,
    Refunds,
    roles=("guardian", "school_finance"),
    reads=("student_id", "fees"),
)
RECORD_PAYMENT = command(
    "record_payment",
    "/students/{student_id}/payments",
    "Record a payment",
    RecordPayment,
    PaymentTaken,
    roles=("school_finance",),
)
