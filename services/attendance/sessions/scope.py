"""Which sessions a caller may see."""

from __future__ import annotations

from sqlalchemy import Connection

from chassis.kernel.call import Call
from contracts.attendance import sessions as said
from services.attendance import scope
from services.attendance.sessions import errors
from services.attendance.sessions.tables import sessions
from services.attendance.sessions.tables.sessions import Session


def own_session(connection: Connection, request: said.TakeRoll, call: Call) -> str:
    """Return the school of a session, if the class is the caller's."""
    return seen(connection, request.session_id, call).school_id


def seen(connection: Connection, session_id: str, call: Call) -> Session:
    """Return a session that the caller may see."""
    found = sessions.get(connection, session_id)
    if found is None:
        raise errors.SessionUnknown()
    call.require_school(found.school_id)
    scope.must_teach(call, found.class_id)
    return found
