"""One run charges a whole school: either every pupil of the month is charged, or nobody."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Connection

from chassis.clock import new_id
from chassis.eventsourcing.handling import Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from chassis.kernel.errors import BusinessRuleViolation
from contracts.fees import charges as said
from contracts.shapes import Money
from registers import placements
from registers.placements import Placement
from services.fees import scope
from services.fees.charges.domain.amounts import is_charged
from services.fees.charges.domain.charge import (
    CHARGE,
    Charge,
    Charged,
    ChargeMonth,
    check_begun,
    stream_of,
)
from services.fees.charges.domain.months import attends, first_day, last_day, month_of
from services.fees.charges.tables import month_total
from services.fees.tariffs import tables as tariffs
from services.fees.tariffs.domain.pricing import standard_fee
from services.fees.tariffs.parameters import parameters, pricing_of
from services.fees.waivers import tables as waivers


@dataclass(slots=True)
class Counts:
    """What a run did."""

    charged: int = 0
    already_charged: int = 0
    free: int = 0
    total_fen: int = 0
    refused: list[said.NotCharged] = field(default_factory=list)


def run_charges(work: UnitOfWork, request: said.RunCharges, call: Call) -> Reply[said.ChargeRun]:
    school_id, month = request.school_id, request.month
    standard_fen = _standard(work.connection, school_id, month, call)
    granted = waivers.in_month(work.connection, school_id, month)
    staying = _one_per_pupil(_staying(work.connection, school_id, month))
    streams = [stream_of(student_id, month) for student_id in staying]
    states = work.load_many(CHARGE, streams)
    counts = Counts()
    for stream_id, stay in zip(streams, staying.values(), strict=True):
        command = ChargeMonth(
            charge_id=new_id(),
            school_id=school_id,
            student_id=stay.student_id,
            term_id=stay.term_id,
            service_kinds=stay.service_kinds,
            starts_on=stay.starts_on,
            ends_on=stay.ends_on,
            month=month,
            standard_fen=standard_fen,
            waiver=granted.get(stay.student_id),
            today=call.today,
        )
        _charge(work, stream_id, states[stream_id], command, counts)
    return Reply(
        said.ChargeRun(
            month=month,
            charged=counts.charged,
            already_charged=counts.already_charged,
            free=counts.free,
            refused=tuple(counts.refused),
            total=Money(amount_fen=counts.total_fen, currency="CNY"),
            month_total=Money(
                amount_fen=month_total(work.connection, school_id, month), currency="CNY"
            ),
        )
    )


def _standard(connection: Connection, school_id: str, month: str, call: Call) -> int:
    check_begun(month, month_of(call.today))
    school = scope.school(connection, school_id)
    begins = first_day(month)
    values = parameters(connection, school.district_id, day=begins, today=call.today)
    tariff = tariffs.in_force(connection, school_id, begins)
    return standard_fee(pricing_of(values, school.stage), tariff.amount_fen if tariff else None)


def _staying(connection: Connection, school_id: str, month: str) -> list[Placement]:
    found = placements.between(connection, school_id, first_day(month), last_day(month))
    away = placements.suspended_days(connection, [stay.application_id for stay in found])
    return [
        stay
        for stay in found
        if attends(month, stay.starts_on, stay.ends_on, away=away.get(stay.application_id, ()))
    ]


def _one_per_pupil(found: list[Placement]) -> dict[str, Placement]:
    # Two stays in one month (a change of term) are one charge; a charged service goes first.
    chosen: dict[str, Placement] = {}
    for stay in found:
        known = chosen.get(stay.student_id)
        if known is None or not is_charged(known.service_kinds):
            chosen[stay.student_id] = stay
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
        counts.refused.append(said.NotCharged(student_id=command.student_id, code=refusal.code))
        return
    work.append(stream_id, events)
    counts.charged += len(events)
    counts.free += not events
    counts.total_fen += sum(event.amount_fen for event in events)
