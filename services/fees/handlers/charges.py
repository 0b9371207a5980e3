"""Charging a month, taking payments, reading a pupil's ledger."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from chassis.clock import new_id
from chassis.eventsourcing.handling import Reading, Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from chassis.kernel.errors import BusinessRuleViolation
from contracts.fees import charges as said
from services.fees.domain.charge import CHARGE, Charge, Charged, check_begun, stream_of
from services.fees.domain.commands import ChargeMonth, RecordPayment
from services.fees.domain.months import first_day, month_of
from services.fees.domain.pricing import is_charged, standard_fee
from services.fees.handlers import scope
from services.fees.projections import charges, facts, policies, tariffs, waivers
from services.fees.projections.facts import Enrolment


@dataclass(slots=True)
class Counts:
    """What a run did."""

    charged: int = 0
    already_charged: int = 0
    free: int = 0
    total_fen: int = 0
    refused: list[dict[str, str]] = field(default_factory=list)


def run_charges(work: UnitOfWork, request: said.RunCharges, call: Call) -> Reply:
    school_id, month = request.school_id, request.month
    standard_fen = _standard(work.connection, school_id, month, call)
    granted = waivers.in_month(work.connection, school_id, month)
    enrolled = _one_per_pupil(facts.enrolled_in(work.connection, school_id, month))
    streams = [stream_of(student_id, month) for student_id in enrolled]
    states = work.load_many(CHARGE, streams)
    counts = Counts()
    for stream_id, enrolment in zip(streams, enrolled.values(), strict=True):
        command = ChargeMonth(
            charge_id=new_id(),
            school_id=school_id,
            student_id=enrolment.student_id,
            term_id=enrolment.term_id,
            service_kinds=enrolment.service_kinds,
            starts_on=enrolment.starts_on,
            ends_on=enrolment.ends_on,
            month=month,
            standard_fen=standard_fen,
            waiver=granted.get(enrolment.student_id),
            today=call.today,
        )
        _charge(work, stream_id, states[stream_id], command, counts)
    return Reply(_report(work.connection, school_id, month, counts))


def record_payment(work: UnitOfWork, request: said.RecordPayment, call: Call) -> Reply:
    student_id, month = request.student_id, request.month
    payment_id = new_id()
    decision = work.execute(
        CHARGE,
        stream_of(student_id, month),
        RecordPayment(
            payment_id=payment_id,
            school_id=work.partition,
            student_id=student_id,
            month=month,
            amount_fen=request.amount_fen,
            method=request.method,
        ),
    )
    state = decision.state
    assert isinstance(state, Charged)
    body = {
        "payment_id": payment_id,
        "student_id": student_id,
        "month": month,
        **_money(request.amount_fen),
        "paid_fen": state.paid_fen,
        "open_fen": state.open_fen,
    }
    return Reply(body, decision.version, created=True)


def list_charges(reading: Reading, request: said.ListCharges) -> dict[str, Any]:
    scope.check_reader_of_student(reading.connection, request, reading.call)
    items = charges.of_student(
        reading.connection, request.student_id, after=request.after, limit=request.limit
    )
    full = len(items) == request.limit
    return {"items": items, "next": items[-1]["month"] if full else None}


def _standard(connection: Connection, school_id: str, month: str, call: Call) -> int:
    check_begun(month, month_of(call.today))
    school = scope.school(connection, school_id)
    begins = first_day(month)
    values = policies.parameters(connection, school["district_id"], day=begins, today=call.today)
    tariff = tariffs.in_force(connection, school_id, begins)
    return standard_fee(
        policies.pricing(values, school["stage"]), tariff["amount_fen"] if tariff else None
    )


def _one_per_pupil(enrolments: list[Enrolment]) -> dict[str, Enrolment]:
    # Two stays in one month (a change of term) are one charge; a charged service goes first.
    chosen: dict[str, Enrolment] = {}
    for enrolment in enrolments:
        known = chosen.get(enrolment.student_id)
        if known is None or not is_charged(known.service_kinds):
            chosen[enrolment.student_id] = enrolment
    return chosen


def _charge(
    work: UnitOfWork, stream_id: str, state: Charge, command: ChargeMonth, counts: Counts
) -> None:
    if isinstance(state, Charged):
        counts.already_charged += 1
        return
    try:
        events = CHARGE.decide(state, command)
    except BusinessRuleViolation as refusal:  # one pupil's refusal does not stop the others
        counts.refused.append({"student_id": command.student_id, "code": refusal.code})
        return
    work.append(stream_id, events)
    counts.charged += len(events)
    counts.free += not events
    counts.total_fen += sum(event.amount_fen for event in events)


def _report(connection: Connection, school_id: str, month: str, counts: Counts) -> dict[str, Any]:
    return {
        "month": month,
        "charged": counts.charged,
        "already_charged": counts.already_charged,
        "free": counts.free,
        "refused": counts.refused,
        "total": _money(counts.total_fen),
        "month_total": _money(charges.month_total(connection, school_id, month)),
    }


def _money(amount_fen: int) -> dict[str, Any]:
    return {"amount_fen": amount_fen, "currency": "CNY"}
