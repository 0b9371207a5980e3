"""Whose application, whose publicised list it is."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from chassis.kernel.call import Call
from services.enrollment.application.tables import applications, publicities
from services.enrollment.register.domain import errors
from services.enrollment.register.handlers import access
from services.enrollment.register.tables import people


def application(connection: Connection, application_id: str, call: Call) -> dict[str, Any]:
    """Return an application whose pupil the caller may know of."""
    found = applications.application(connection, application_id)
    pupil = people.student(connection, found["student_id"]) if found else None
    if found is None or pupil is None or not access.sees(connection, pupil, call):
        raise errors.ApplicationUnknown()
    return found


def publicity(connection: Connection, publicity_id: str, call: Call) -> dict[str, Any]:
    """Return a publicised list of a school that the caller may reach."""
    found = publicities.publicity(connection, publicity_id)
    if found is None:
        raise errors.PublicityUnknown()
    access.school(connection, found["school_id"], call)
    return found
