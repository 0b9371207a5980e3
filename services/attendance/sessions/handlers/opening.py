"""Opening a class's sessions, with an offering or without, and listing them."""

from __future__ import annotations

from datetime import time

from marshmallow import ValidationError
from sqlalchemy import Connection

from chassis.clock import new_id
from chassis.eventsourcing.handling import Reading, Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from contracts.attendance import sessions as said
from registers import classes, staff
from services.attendance import scope
from services.attendance.calendar import service_days
from services.attendance.sessions import errors
from services.attendance.sessions.domain.offering_day import OfferingDay
from services.attendance.sessions.domain.session import SESSION, Open, OpenSession, stream_of
from services.attendance.sessions.tables import offerings, sessions


def open_session(
    work: UnitOfWork, request: said.OpenSession, call: Call
) -> Reply[said.SessionState]:
    command = _command(work, request, call)
    offering_id = command.offering.offering_id if command.offering else None
    day = command.date.isoformat()
    stream_id = stream_of(command.class_id, day, command.service_kind, offering_id)
    decision = work.execute(SESSION, stream_id, command)
    assert isinstance(decision.state, Open)
    opened = decision.state.opened
    body = said.SessionState(
        session_id=opened.session_id,
        school_id=opened.school_id,
        date=day,
        service_kind=opened.service_kind,
        class_id=opened.class_id,
        starts_at=opened.starts_at.isoformat() if opened.starts_at else None,
        ends_at=opened.ends_at.isoformat() if opened.ends_at else None,
        responsible_id=opened.responsible_id,
        offering_id=opened.offering_id,
    )
    return Reply(body, decision.version, created=bool(decision.events))


def _command(work: UnitOfWork, request: said.OpenSession, call: Call) -> OpenSession:
    school_id, day, connection = request.school_id, request.date, work.connection
    offering = _offering(connection, request)
    service_kind = offering.service_kind if offering else _named_kind(request)
    held = classes.find(connection, request.class_id) if offering else None
    return OpenSession(
        session_id=new_id(),
        school_id=school_id,
        date=day,
        service_kind=service_kind,
        class_id=request.class_id,
        responsible_id=_responsible(connection, request, call, offering),
        verdict=service_days.verdict_on(connection, school_id, service_kind, day),
        starts=_clock(request.starts),
        ends=_clock(request.ends),
        today=call.today,
        offering=offering,
        grade=held.grade if held else None,
    )


def _offering(connection: Connection, request: said.OpenSession) -> OfferingDay | None:
    offering_id = request.offering_id
    if offering_id is None:
        return None
    found = offerings.on(connection, request.school_id, offering_id, request.date)
    if found is None:
        raise errors.OfferingUnknown()
    return found


def _named_kind(request: said.OpenSession) -> str:
    if request.service_kind is None:
        raise ValidationError({"service_kind": ["Missing data for required field."]})
    return request.service_kind


def _responsible(
    connection: Connection, request: said.OpenSession, call: Call, offering: OfferingDay | None
) -> str:
    named = request.responsible_id
    if named is None:
        return offering.teacher_id if offering else scope.person_of(call)
    if staff.school_of(connection, named) != request.school_id:
        raise errors.StaffUnknown()
    return named


def list_sessions(reading: Reading, request: said.OnDay) -> said.Sessions:
    reading.call.require_school(request.school_id)
    day = request.date or reading.call.today
    rows = sessions.of_day(
        reading.connection, request.school_id, day, scope.own_classes(reading.call)
    )
    items = tuple(said.Session(**row._asdict()) for row in rows)
    return said.Sessions(date=day.isoformat(), items=items)


def _clock(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None
