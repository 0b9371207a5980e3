"""Opening a class's sessions, and listing them."""

from __future__ import annotations

from datetime import time
from typing import Any

from sqlalchemy import Connection

from chassis.clock import new_id
from chassis.eventsourcing.application import Reply, Request
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from services.attendance.domain.commands import OpenSession
from services.attendance.domain.session import SESSION, Open
from services.attendance.handlers import scope, service_days
from services.attendance.projections import sessions


def open_session(work: UnitOfWork, request: Request, call: Call) -> Reply:
    school_id, day, service_kind = request["school_id"], request["date"], request["service_kind"]
    command = OpenSession(
        session_id=new_id(),
        school_id=school_id,
        date=day,
        service_kind=service_kind,
        class_id=request["class_id"],
        responsible_id=scope.person_of(call),
        verdict=service_days.verdict_on(work.connection, school_id, service_kind, day),
        starts=_clock(request["starts"]),
        ends=_clock(request["ends"]),
        today=call.today,
    )
    stream_id = f"session-{command.class_id}-{day.isoformat()}-{service_kind}"
    decision = work.execute(SESSION, stream_id, command)
    assert isinstance(decision.state, Open)
    opened = decision.state.opened
    body = {
        "session_id": opened.session_id,
        "school_id": school_id,
        "date": day.isoformat(),
        "service_kind": service_kind,
        "class_id": opened.class_id,
        "starts_at": opened.starts_at.isoformat() if opened.starts_at else None,
        "ends_at": opened.ends_at.isoformat() if opened.ends_at else None,
    }
    return Reply(body, decision.version, created=bool(decision.events))


def list_sessions(connection: Connection, request: Request, call: Call) -> dict[str, Any]:
    call.require_school(request["school_id"])
    day = request["date"] or call.today
    rows = sessions.of_day(connection, request["school_id"], day, scope.own_classes(call))
    return {"date": day.isoformat(), "items": rows}


def _clock(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None
