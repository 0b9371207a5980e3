"""The ledger: each pupil's charge per month, and the payments for it."""

from __future__ import annotations

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


def project(connection: Connection, event: Event) -> None:
    """Update the ledger by one event."""
    data, at = event["data"], event["occurred_at"]
    match event["type"]:
        case "FeeCharged":
            # Who comes back within a month that was asked back is charged for it anew.
            fresh = {"paid_fen": 0, "charged_at": at, "refund_id": None}
            _charges.put(connection, {**data, **fresh})
        case "PaymentRecorded":
            charge_id = connection.execute(
                _of(data)
                .values(paid_fen=charges.c.paid_fen + data["amount_fen"])
                .returning(charges.c.charge_id)
            ).scalar_one()
            kept = ("payment_id", "student_id", "month", "amount_fen", "method")
            row = {name: data[name] for name in kept}
            connection.execute(
                insert(payments), [{**row, "charge_id": charge_id, "recorded_at": at}]
            )
        case "RefundRequested":
            connection.execute(_of(data).values(refund_id=data["refund_id"]))


def _of(data: dict[str, Any]) -> Update:
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


def of_student(
    connection: Connection, student_id: str, *, after: str | None, limit: int
) -> list[dict[str, Any]]:
    """Return up to ``limit`` charges with their payments, newest month first, before ``after``."""
    query = select(charges).where(charges.c.student_id == student_id)
    if after:
        query = query.where(charges.c.month < after)
    rows = connection.execute(query.order_by(charges.c.month.desc()).limit(limit)).mappings().all()
    paid = _payments(connection, student_id)
    return [
        {
            **row,
            "open_fen": 0 if row["refund_id"] else row["amount_fen"] - row["paid_fen"],
            "payments": paid.get(row["charge_id"], []),
        }
        for row in rows
    ]


def _payments(connection: Connection, student_id: str) -> dict[str, list[dict[str, Any]]]:
    query = select(payments).where(payments.c.student_id == student_id)
    by_charge: dict[str, list[dict[str, Any]]] = {}
    for row in connection.execute(query.order_by(payments.c.payment_id)).mappings():
        shown = {name: row[name] for name in ("payment_id", "amount_fen", "method", "recorded_at")}
        by_charge.setdefault(row["charge_id"], []).append(shown)
    return by_charge
