"""The ledger: each pupil's charge per month, the payments for it, what is asked back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    String,
    Table,
    Update,
    func,
    insert,
    select,
    update,
)

from chassis.eventsourcing.envelope import Event
from chassis.eventsourcing.facts import FactTable
from contracts.fees.charges import Charge, Payment, Refund
from services.fees.schema import metadata

_charges = FactTable(
    metadata,
    "charges",
    key=["student_id", "month"],
    columns=[
        Column("student_id", String(64), primary_key=True),
        Column("month", String(7), primary_key=True),
        Column("charge_id", String(64), nullable=False),
        Column("school_id", String(64), nullable=False),
        Column("term_id", String(64), nullable=False),
        Column("standard_fen", Integer, nullable=False),
        Column("waived_fen", Integer, nullable=False),
        Column("amount_fen", Integer, nullable=False),
        Column("paid_fen", Integer, nullable=False),
        Column("currency", String(3), nullable=False),
        Column("waiver_category", String(32)),
        Column("charged_at", String(32), nullable=False),
        Column("refund_id", String(64)),
    ],
)
charges = _charges.table
Index("charges_of_school", charges.c.school_id, charges.c.month)

payments = Table(
    "payments",
    metadata,
    Column("payment_id", String(64), primary_key=True),
    Column("charge_id", String(64)),
    Column("student_id", String(64), nullable=False),
    Column("month", String(7), nullable=False),
    Column("amount_fen", Integer, nullable=False),
    Column("method", String(32), nullable=False),
    Column("recorded_at", String(32), nullable=False),
)
Index("payments_of_charge", payments.c.student_id, payments.c.month)

refunds = Table(
    "refunds",
    metadata,
    Column("refund_id", String(64), primary_key=True),
    Column("school_id", String(64), nullable=False),
    Column("student_id", String(64), nullable=False),
    Column("charge_id", String(64), nullable=False),
    Column("month", String(7), nullable=False),
    Column("amount_fen", Integer, nullable=False),
    Column("lapsed_fen", Integer, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("cause", String(32), nullable=False),
    Column("requested_at", String(32), nullable=False),
)
"""None is paid out yet, so that all of them are open."""
Index("refunds_of_student", refunds.c.student_id, refunds.c.refund_id)


def project_charge(connection: Connection, event: Event) -> None:
    """Add a charge; who comes back within a month that was asked back is charged for it anew."""
    fresh = {"paid_fen": 0, "charged_at": event["occurred_at"], "refund_id": None}
    _charges.put(connection, {**event["data"], **fresh})


def project_payment(connection: Connection, event: Event) -> None:
    """Add a payment to its charge."""
    data = event["data"]
    charge_id = connection.execute(
        _of(data)
        .values(paid_fen=charges.c.paid_fen + data["amount_fen"])
        .returning(charges.c.charge_id)
    ).scalar_one()
    kept = ("payment_id", "student_id", "month", "amount_fen", "method")
    row = {name: data[name] for name in kept}
    row |= {"charge_id": charge_id, "recorded_at": event["occurred_at"]}
    connection.execute(insert(payments), [row])


def project_refund(connection: Connection, event: Event) -> None:
    """Add a refund, and say so beside its charge."""
    data = event["data"]
    connection.execute(_of(data).values(refund_id=data["refund_id"]))
    connection.execute(insert(refunds), [{**data, "requested_at": event["occurred_at"]}])


def _of(data: Mapping[str, Any]) -> Update:
    return update(charges).where(
        charges.c.student_id == data["student_id"], charges.c.month == data["month"]
    )


def month_total(connection: Connection, school_id: str, month: str) -> int:
    """Return what a school's month comes to, in fen; what is asked back does not count."""
    query = select(func.sum(charges.c.amount_fen)).where(
        charges.c.school_id == school_id, charges.c.month == month, charges.c.refund_id.is_(None)
    )
    return int(connection.execute(query).scalar() or 0)


def charged_through(connection: Connection, column: str, value: str) -> str | None:
    """Return the last month charged to a school (``school_id``) or a pupil (``student_id``)."""
    query = select(func.max(charges.c.month)).where(charges.c[column] == value)
    found: str | None = connection.execute(query).scalar()
    return found


def months_from(connection: Connection, school_id: str, student_id: str, first: str) -> list[str]:
    """Return a pupil's charged months at a school from ``first`` on."""
    query = select(charges.c.month).where(
        charges.c.student_id == student_id,
        charges.c.school_id == school_id,
        charges.c.month >= first,
    )
    return list(connection.execute(query.order_by(charges.c.month)).scalars())


def charges_of(
    connection: Connection, student_id: str, *, after: str | None, limit: int
) -> tuple[Charge, ...]:
    """Return up to ``limit`` charges with their payments, newest month first, before ``after``."""
    query = select(charges).where(charges.c.student_id == student_id)
    if after:
        query = query.where(charges.c.month < after)
    rows = connection.execute(query.order_by(charges.c.month.desc()).limit(limit)).mappings().all()
    paid = _payments(connection, student_id)
    return tuple(
        Charge(
            **row,
            open_fen=0 if row["refund_id"] else row["amount_fen"] - row["paid_fen"],
            payments=tuple(paid[row["charge_id"]]),
        )
        for row in rows
    )


def _payments(connection: Connection, student_id: str) -> Mapping[str, list[Payment]]:
    query = select(payments).where(payments.c.student_id == student_id)
    by_charge: dict[str, list[Payment]] = defaultdict(list)
    for row in connection.execute(query.order_by(payments.c.payment_id)).mappings():
        shown = ("payment_id", "amount_fen", "method", "recorded_at")
        by_charge[row["charge_id"]].append(Payment(**{name: row[name] for name in shown}))
    return by_charge


def refunds_of(
    connection: Connection, student_id: str, *, after: str | None, limit: int
) -> tuple[Refund, ...]:
    """Return up to ``limit`` refunds, newest first (ids sort by time), older than ``after``."""
    query = select(refunds).where(refunds.c.student_id == student_id)
    if after:
        query = query.where(refunds.c.refund_id < after)
    rows = connection.execute(query.order_by(refunds.c.refund_id.desc()).limit(limit))
    return tuple(Refund(**row) for row in rows.mappings())
