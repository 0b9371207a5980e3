"""Incidents, and who was told when."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from contracts import roles
from contracts.shapes import Id, LeftOut, Length, OneOf, Page, command, event, query, reply, request

SEVERITIES = ("minor", "moderate", "severe")
CATEGORIES = (
    "injury",
    "illness",
    "traffic",
    "venue",
    "fire",
    "food",
    "security",
    "suspected_abuse",
    "other",
)


@event
class IncidentReported:
    """Something happened to pupils in the school's care (P2-113)."""

    incident_id: Id
    school_id: Id
    severity: Annotated[str, OneOf(SEVERITIES)]
    category: Annotated[str, OneOf(CATEGORIES)]
    occurred_at: datetime
    student_ids: tuple[str, ...]
    guardian_notified_at: datetime | None


@event
class IncidentGuardianNotified:
    """The guardians of the pupils in an incident were told."""

    incident_id: Id
    notified_at: datetime


@request
class ReportIncident:
    """``narrative`` is free text; it is kept in the vault, never in an event."""

    school_id: Id
    severity: Annotated[str, OneOf(SEVERITIES)]
    category: Annotated[str, OneOf(CATEGORIES)]
    occurred_at: datetime
    student_ids: Annotated[tuple[Id, ...], Length(0, 500)]
    narrative: Annotated[str, Length(1, 4000)]
    guardian_notified_at: datetime | None = None


@request
class NotifyGuardian:
    """When the guardians were told; the instant of the request if left out."""

    incident_id: Id
    notified_at: datetime | None = None


@request
class ListIncidents(Page):
    school_id: Id


@reply
class Incident:
    """An incident; ``narrative`` only for roles that may read it."""

    incident_id: str
    school_id: str
    severity: str
    category: str
    occurred_at: str
    student_ids: tuple[str, ...]
    guardian_notified_at: str | None
    narrative: Annotated[str | None, LeftOut()] = None


@reply
class Incidents:
    """One page of incidents, newest first; ``next`` goes into ``after``."""

    items: tuple[Incident, ...]
    next: str | None


@reply(component="safety.IncidentReported")
class IncidentState:
    """Answer of ``report_incident``."""

    incident_id: str
    school_id: str


@reply
class GuardianNotified:
    """Answer of ``notify_guardian``."""

    incident_id: str
    guardian_notified_at: str


REPORT_INCIDENT = command(
    "report_incident",
    "/schools/{school_id}/incidents",
    "Report an incident",
    ReportIncident,
    IncidentState,
    roles=("teacher", "gate_guard", "school_office"),
)
LIST_INCIDENTS = query(
    "list_incidents",
    "/schools/{school_id}/incidents",
    "List a school's incidents, newest first",
    ListIncidents,
    Incidents,
    roles=(*roles.SCHOOL, "bureau"),
    reads=("school_id", "safety"),
)
NOTIFY_GUARDIAN = command(
    "notify_guardian",
    "/incidents/{incident_id}/notify-guardian",
    "Record when the guardians were told",
    NotifyGuardian,
    GuardianNotified,
    roles=("teacher", "gate_guard", "school_office"),
)
