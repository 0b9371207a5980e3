"""Who may reach a school in safety. What lies outside does not exist."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from chassis.kernel.call import Call
from registers import guardians, schools
from services.safety import errors


def school(connection: Connection, school_id: str, call: Call) -> str:
    """Return the id of a school that the caller may reach."""
    schools.check_reader(connection, school_id, call, errors.SchoolUnknown)
    who = call.principal
    if who.role == "guardian" and not guardians.has_child_at(connection, who.person_id, school_id):
        raise errors.SchoolUnknown()
    return school_id


def own_school(connection: Connection, request: Any, call: Call) -> str:
    """Return the partition of a command on the caller's own school, if it is known here."""
    return school(connection, request.school_id, call)
