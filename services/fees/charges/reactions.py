"""What follows for charges when a pupil leaves the service."""

from __future__ import annotations

from datetime import date

from chassis.eventsourcing.envelope import Event
from chassis.eventsourcing.unit_of_work import UnitOfWork
from registers import placements
from services.fees.charges.domain.amounts import is_charged
from services.fees.charges.domain.charge import CHARGE, RequestRefund, stream_of
from services.fees.charges.domain.months import attends, month_of
from services.fees.charges.tables import months_from


def request_refunds(work: UnitOfWork, event: Event) -> None:
    """Ask back every charged month that the withdrawn pupil no longer attends a day of (P1-079)."""
    student_id = event["data"]["student_id"]
    first = month_of(date.fromisoformat(event["data"]["effective_on"]))
    owing = [
        stay
        for stay in placements.of_student(work.connection, work.partition, student_id)
        if is_charged(stay.service_kinds)
    ]
    for month in months_from(work.connection, work.partition, student_id, first):
        if any(attends(month, stay.starts_on, stay.ends_on) for stay in owing):
            continue
        command = RequestRefund(refund_id=work.log.ids(), cause="withdrawn")
        work.execute(CHARGE, stream_of(student_id, month), command)
