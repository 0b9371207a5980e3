"""What fees keeps and does when other services speak."""

from __future__ import annotations

from datetime import date

from chassis.eventsourcing.envelope import Event
from chassis.eventsourcing.unit_of_work import UnitOfWork
from services.fees.domain.charge import CHARGE, stream_of
from services.fees.domain.commands import RequestRefund
from services.fees.domain.months import attends, month_of
from services.fees.domain.pricing import is_charged
from services.fees.projections import charges, facts


def request_refunds(work: UnitOfWork, event: Event) -> None:
    """Ask back every charged month that the withdrawn pupil no longer attends a day of (P1-079)."""
    student_id = event["data"]["student_id"]
    first = month_of(date.fromisoformat(event["data"]["effective_on"]))
    stays = [
        stay
        for stay in facts.enrolments_of(work.connection, work.partition, student_id)
        if is_charged(stay.service_kinds)
    ]
    for month in charges.months_from(work.connection, work.partition, student_id, first):
        if any(attends(month, stay.starts_on, stay.ends_on) for stay in stays):
            continue
        command = RequestRefund(refund_id=work.log.ids(), cause="withdrawn")
        work.execute(CHARGE, stream_of(student_id, month), command)
