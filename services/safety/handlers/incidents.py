"""Incidents, and who was told when."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from chassis.clock import new_id
from chassis.eventsourcing.handling import CommandHandler, Handles, Reading, Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from contracts.safety import incidents as said
from services.safety.domain import errors
from services.safety.domain.commands import NotifyGuardian, ReportIncident
from services.safety.domain.incident import INCIDENT, Reported
from services.safety.projections import facts, incidents

STAFF = frozenset({"teacher", "gate_guard", "school_office"})
READERS = STAFF | {"school_finance", "bureau"}


def report_incident(work: UnitOfWork, request: said.ReportIncident, call: Call) -> Reply:
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
            student_ids=tuple(request.student_ids),
            guardian_notified_at=request.guardian_notified_at,
            now=call.now,
        ),
        occurred_at=request.occurred_at,
    )
    work.vault.put(incident_id, narrative=request.narrative)
    return Reply(
        {"incident_id": incident_id, "school_id": request.school_id},
        decision.version,
        created=True,
    )


def notify_guardian(work: UnitOfWork, request: said.NotifyGuardian, call: Call) -> Reply:
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
    told = decision.state.notified_at.isoformat()
    return Reply({"incident_id": incident_id, "guardian_notified_at": told}, decision.version)


def list_incidents(reading: Reading, request: said.ListIncidents) -> dict[str, Any]:
    school_id = request.school_id
    reading.call.require_school(school_id)
    school = facts.schools.get(reading.connection, school_id)
    if school is not None:
        reading.call.require_district(school["district_id"])
    items = incidents.of_school(
        reading.connection, school_id, after=request.after, limit=request.limit
    )
    full = len(items) == request.limit
    return {"items": items, "next": items[-1]["incident_id"] if full else None}


def _own_school(connection: Connection, request: Any, call: Call) -> str:
    call.require_school(request.school_id)
    return str(request.school_id)


def _of_incident(connection: Connection, request: Any, call: Call) -> str:
    school_id = incidents.school_of(connection, request.incident_id)
    if school_id is None:
        raise errors.IncidentUnknown()
    call.require_school(school_id)
    return school_id


HANDLES: Handles = {
    said.REPORT_INCIDENT: CommandHandler(report_incident, _own_school),
    said.NOTIFY_GUARDIAN: CommandHandler(notify_guardian, _of_incident),
    said.LIST_INCIDENTS: list_incidents,
}
