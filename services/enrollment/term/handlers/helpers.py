"""Pupils who help: appointed by the school, accountable for nobody (P2-058)."""

from __future__ import annotations

from chassis.eventsourcing.handling import CommandHandler, Handles, Reading, Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from contracts.enrollment import helpers as said
from services.enrollment.application.tables import applications
from services.enrollment.register.handlers import access, names
from services.enrollment.register.handlers.access import of_term
from services.enrollment.term.domain.helpers import HELPER, AppointPupilHelper, EndPupilHelper
from services.enrollment.term.tables import helpers

APPOINTING = frozenset({"teacher", "school_office"})


def appoint_pupil_helper(
    work: UnitOfWork, request: said.PupilHelper, call: Call
) -> Reply[said.HelperRoles]:
    pupil = access.student(work.connection, request.student_id, call)
    term_id = request.term_id
    enrolled = applications.students_in_state(work.connection, term_id, "enrolled")
    command = AppointPupilHelper(
        student_id=pupil["student_id"],
        term_id=term_id,
        role=request.role,
        enrolled=pupil["student_id"] in enrolled,
    )
    return _execute(work, command)


def end_pupil_helper(
    work: UnitOfWork, request: said.PupilHelper, call: Call
) -> Reply[said.HelperRoles]:
    pupil = access.student(work.connection, request.student_id, call)
    command = EndPupilHelper(
        student_id=pupil["student_id"], term_id=request.term_id, role=request.role
    )
    return _execute(work, command)


def list_pupil_helpers(reading: Reading, request: said.ListPupilHelpers) -> said.Helpers:
    of_term(reading.connection, request, reading.call)
    found = helpers.of_term(reading.connection, request.term_id)
    called = names.for_caller(
        reading.vault, reading.connection, {each.student_id for each in found}, reading.call
    )
    return said.Helpers(
        items=tuple(
            said.HelperLine(**each._asdict(), name=called.get(each.student_id, ""))
            for each in found
        )
    )


def _execute(
    work: UnitOfWork, command: AppointPupilHelper | EndPupilHelper
) -> Reply[said.HelperRoles]:
    stream_id = f"helper-{command.student_id}-{command.term_id}"
    decision = work.execute(HELPER, stream_id, command)
    body = said.HelperRoles(
        student_id=command.student_id,
        term_id=command.term_id,
        roles=tuple(sorted(decision.state)),
    )
    return Reply(body, decision.version)


HANDLES: Handles = {
    said.APPOINT_PUPIL_HELPER: CommandHandler(appoint_pupil_helper, of_term),
    said.END_PUPIL_HELPER: CommandHandler(end_pupil_helper, of_term),
    said.LIST_PUPIL_HELPERS: list_pupil_helpers,
}
