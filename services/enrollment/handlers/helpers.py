"""Pupils who help: appointed by the school, accountable for nobody (P2-058)."""

from __future__ import annotations

from functools import partial
from typing import Any

from sqlalchemy import Connection

from chassis.eventsourcing.application import CommandRoute, QueryRoute, Reply, Request
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from chassis.vault import Vault
from contracts.enrollment import plans as requests
from services.enrollment.domain.helpers import HELPER, AppointPupilHelper, EndPupilHelper
from services.enrollment.handlers import access, names
from services.enrollment.handlers.plan import of_term
from services.enrollment.projections import applications, helpers

APPOINTING = frozenset({"teacher", "school_office"})


def appoint_pupil_helper(work: UnitOfWork, request: Request, call: Call) -> Reply:
    pupil = access.student(work.connection, request["student_id"], call)
    term_id = request["term_id"]
    enrolled = applications.students_in_state(work.connection, term_id, "enrolled")
    command = AppointPupilHelper(
        student_id=pupil["student_id"],
        term_id=term_id,
        role=request["role"],
        enrolled=pupil["student_id"] in enrolled,
    )
    return _execute(work, command)


def end_pupil_helper(work: UnitOfWork, request: Request, call: Call) -> Reply:
    pupil = access.student(work.connection, request["student_id"], call)
    command = EndPupilHelper(
        student_id=pupil["student_id"], term_id=request["term_id"], role=request["role"]
    )
    return _execute(work, command)


def list_pupil_helpers(
    vault: Vault, connection: Connection, request: Request, call: Call
) -> dict[str, Any]:
    of_term(connection, request, call)
    found = helpers.of_term(connection, request["term_id"])
    called = names.for_caller(vault, connection, {each["student_id"] for each in found}, call)
    return {"items": [{**each, "name": called.get(each["student_id"], "")} for each in found]}


def _execute(work: UnitOfWork, command: AppointPupilHelper | EndPupilHelper) -> Reply:
    stream_id = f"helper-{command.student_id}-{command.term_id}"
    decision = work.execute(HELPER, stream_id, command)
    body = {
        "student_id": command.student_id,
        "term_id": command.term_id,
        "roles": sorted(decision.state),
    }
    return Reply(body, decision.version)


COMMANDS = {
    "appoint_pupil_helper": CommandRoute(
        appoint_pupil_helper, APPOINTING, of_term, requests.PupilHelper()
    ),
    "end_pupil_helper": CommandRoute(
        end_pupil_helper, APPOINTING | access.GUARDIAN, of_term, requests.PupilHelper()
    ),
}


def queries(vault: Vault) -> dict[str, QueryRoute]:
    """Return the queries of this module."""
    readers = APPOINTING | access.BUREAU
    return {"list_pupil_helpers": QueryRoute(partial(list_pupil_helpers, vault), readers)}
