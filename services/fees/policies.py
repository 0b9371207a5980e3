"""What fees keeps and does when other services speak."""

from __future__ import annotations

from datetime import date

from chassis.eventsourcing.envelope import Event
from chassis.eventsourcing.unit_of_work import UnitOfWork
from services.fees.domain.charge import CHARGE, stream_of
from services.fees.domain.commands import RequestRefund
from services.fees.domain.months import attends, month_of
from services.fees.domain.pricing import is_charged
from services.fees.projections import charges, facts, placements
from services.fees.projections import policies as policy_versions


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


FACTS = {
    "SchoolRegistered": [facts.schools.project],
    "PolicyVersionActivated": [policy_versions.project],
    "StudentRegistered": [facts.students.project],
    "GuardianLinked": [facts.guardianships.project],
    "GuardianBlocked": [facts.project_block],
    "GuardianUnblocked": [facts.project_block],
    "StudentEnrolled": [facts.project_enrolment],
    "StudentWithdrawn": [placements.project_withdrawal],
    "EnrolmentSuspended": [placements.project_suspension],
    "EnrolmentResumed": [placements.project_resumption],
    "StudentTransferredOut": [placements.project_transfer],
}
"""Event type → the rows kept of it."""

REACTIONS = {"StudentWithdrawn": request_refunds}
"""Event type → what fees does by itself."""
