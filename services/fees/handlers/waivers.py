"""Waivers: granting one, listing a school's."""

from __future__ import annotations

from typing import Any

from chassis.clock import new_id
from chassis.eventsourcing.handling import Reading, Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from contracts.fees import waivers as said
from services.fees.domain.commands import GrantWaiver
from services.fees.domain.months import first_day
from services.fees.domain.waiver import WAIVERS, stream_of
from services.fees.handlers import scope
from services.fees.projections import charges, policies, waivers


def grant_waiver(work: UnitOfWork, request: said.GrantWaiver, call: Call) -> Reply:
    student_id, category = request.student_id, request.category
    school = scope.school(work.connection, work.partition)
    values = policies.parameters(
        work.connection,
        school["district_id"],
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
            charged_through=charges.charged_through(work.connection, "student_id", student_id),
        ),
    )
    if decision.events:
        work.vault.put(waiver_id, evidence=request.evidence)
    body = waivers.find(work.connection, student_id, request.from_month)
    return Reply(body, decision.version, created=bool(decision.events))


def list_waivers(reading: Reading, request: said.ListWaivers) -> dict[str, Any]:
    school_id = request.school_id
    scope.check_reader_of_school(reading.connection, school_id, reading.call)
    items = waivers.of_school(
        reading.connection, school_id, after=request.after, limit=request.limit
    )
    full = len(items) == request.limit
    return {"items": items, "next": items[-1]["waiver_id"] if full else None}
