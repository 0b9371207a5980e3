"""Waivers: granting one, listing a school's."""

from __future__ import annotations

from chassis.clock import new_id
from chassis.eventsourcing.handling import Reading, Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from contracts.fees import waivers as said
from services.fees import scope
from services.fees.charges.domain.months import first_day
from services.fees.charges.tables import charged_through
from services.fees.tariffs.parameters import parameters
from services.fees.waivers import tables
from services.fees.waivers.domain import WAIVERS, GrantWaiver, stream_of


def grant_waiver(work: UnitOfWork, request: said.GrantWaiver, call: Call) -> Reply[said.Waiver]:
    student_id, category = request.student_id, request.category
    school = scope.school(work.connection, work.partition)
    values = parameters(
        work.connection,
        school.district_id,
        day=first_day(request.from_month),
        today=call.today,
    )
    waiver_id = new_id()
    decision = work.execute(
        WAIVERS,
        stream_of(student_id),
        GrantWaiver(
            waiver_id=waiver_id,
            school_id=work.partition,
            student_id=student_id,
            category=category,
            ratio_bp=(values.get("waiver_ratio_bp") or {}).get(category),
            from_month=request.from_month,
            to_month=request.to_month,
            charged_through=charged_through(work.connection, "student_id", student_id),
        ),
    )
    if decision.events:
        work.vault.put(waiver_id, evidence=request.evidence)
    waiver = tables.find(work.connection, student_id, request.from_month)
    return Reply(waiver, decision.version, created=bool(decision.events))


def list_waivers(reading: Reading, request: said.ListWaivers) -> said.Waivers:
    school_id = request.school_id
    scope.check_reader_of_school(reading.connection, school_id, reading.call)
    items = tables.of_school(
        reading.connection, school_id, after=request.after, limit=request.limit
    )
    full = len(items) == request.limit
    return said.Waivers(items=tuple(items), next=items[-1].waiver_id if full else None)
