"""Incidents, and who was told when."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from chassis.clock import new_id
from chassis.eventsourcing.handling import Reading, Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from contracts.safety import incidents as said
from registers import schools
from services.safety.incidents import errors, tables
from services.safety.incidents.domain import INCIDENT, NotifyGuardian, Reported, ReportIncident


def report_incident(
    work: UnitOfWork, request: said.ReportIncident, call: Call
) -> Reply[said.IncidentState]:
    incident_id = new_id()
    decision = work.execute(
        INCIDENT,
        f"incident-{incident_id}",
        ReportIncident(
            incident_id=incident_id,
            school_id=request.school_id,
            severity=request.severity,
            category=request.category,
            occurred_at=request.occurred_at,
            student_ids=request.student_ids,
            guardian_notified_at=request.guardian_notified_at,
            now=call.now,
        ),
        occurred_at=request.occurred_at,
    )
    work.vault.put(incident_id, narrative=request.narrative)
    state = said.IncidentState(incident_id=incident_id, school_id=request.school_id)
    return Reply(state, decision.version, created=True)


def notify_guardian(
    work: UnitOfWork, request: said.NotifyGuardian, call: Call
) -> Reply[said.GuardianNotified]:
    incident_id = request.incident_id
    decision = work.execute(
        INCIDENT,
        f"incident-{incident_id}",
        NotifyGuardian(
            incident_id=incident_id,
            notified_at=request.notified_at or call.now,
            now=call.now,
        ),
    )
    assert isinstance(decision.state, Reported)
    assert decision.state.notified_at is not None
    told = said.GuardianNotified(
        incident_id=incident_id, guardian_notified_at=decision.state.notified_at.isoformat()
    )
    return Reply(told, decision.version)


def list_incidents(reading: Reading, request: said.ListIncidents) -> said.Incidents:
    school_id = request.school_id
    reading.call.require_school(school_id)
    district_id = schools.district_of(reading.connection, school_id)
    if district_id is not None:
        reading.call.require_district(district_id)
    items = tables.of_school(
        reading.connection, school_id, after=request.after, limit=request.limit
    )
    full = len(items) == request.limit
    return said.Incidents(items=items, next=items[-1].incident_id if full else None)


def school_of_incident(connection: Connection, request: Any, call: Call) -> str:
    """Return the school of an incident, if it is the caller's own."""
    school_id = tables.school_of(connection, request.incident_id)
    if school_id is None:
        raise errors.IncidentUnknown()
    call.require_school(school_id)
    return school_id
