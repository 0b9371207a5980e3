"""After the agreement: withdrawing, suspending, resuming; a pupil who leaves the school."""

from __future__ import annotations

from datetime import date

from chassis.eventsourcing.handling import CommandHandler, Handles, Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from contracts.enrollment import placement as said
from services.enrollment.application.domain import commands
from services.enrollment.application.domain.application import APPLICATION
from services.enrollment.application.domain.placement import (
    ResumeEnrolment,
    SuspendEnrolment,
    WithdrawStudent,
)
from services.enrollment.application.handlers import scope
from services.enrollment.application.handlers.applications import execute, keep, of_application
from services.enrollment.application.tables import applications
from services.enrollment.register.domain import errors
from services.enrollment.register.domain.student import STUDENT, OnRegister, TransferStudent
from services.enrollment.register.handlers import access
from services.enrollment.register.tables import schools

ENDED = ("declined", "rejected", "lapsed", "withdrawn")


def withdraw_student(work: UnitOfWork, request: said.WithdrawStudent, call: Call) -> Reply:
    row = scope.application(work.connection, request.application_id, call)
    reason = request.reason.strip()
    command = WithdrawStudent(
        application_id=row["application_id"],
        effective_on=request.effective_on,
        by="guardian" if call.principal.role == "guardian" else "school",
        reasoned=bool(reason),
        today=call.today,
    )
    before = len(work.rows)
    reply = execute(work, row["student_id"], row["term_id"], command)
    if len(work.rows) > before:
        keep(work, row, withdrawal_reason=reason)
    return reply


def suspend_enrolment(work: UnitOfWork, request: said.SuspendEnrolment, call: Call) -> Reply:
    row = scope.application(work.connection, request.application_id, call)
    command = SuspendEnrolment(
        application_id=row["application_id"],
        from_on=request.from_on,
        until_on=request.until_on,
        today=call.today,
    )
    before = len(work.rows)
    reply = execute(work, row["student_id"], row["term_id"], command)
    if len(work.rows) > before:
        keep(work, row, suspension_reason=request.reason.strip())
    return reply


def resume_enrolment(work: UnitOfWork, request: said.ResumeEnrolment, call: Call) -> Reply:
    row = scope.application(work.connection, request.application_id, call)
    command = ResumeEnrolment(
        application_id=row["application_id"], on=request.on or call.today, today=call.today
    )
    return execute(work, row["student_id"], row["term_id"], command)


def transfer_student(
    work: UnitOfWork, request: said.TransferStudent, call: Call
) -> Reply[said.StudentLeaves]:
    """The old school's part; the new school registers the pupil by a roster of its own."""
    pupil = access.student(work.connection, request.student_id, call)
    to_school_id = request.to_school_id
    if to_school_id and schools.school(work.connection, to_school_id) is None:
        raise errors.SchoolUnknown("elsewhere")
    command = TransferStudent(
        student_id=pupil["student_id"],
        school_id=work.partition,
        to_school_id=to_school_id,
        effective_on=request.effective_on,
        today=call.today,
    )
    decision = work.execute(STUDENT, f"student-{pupil['student_id']}", command)
    if decision.events:
        _end_applications(work, pupil["student_id"], command.effective_on)
    assert isinstance(decision.state, OnRegister)
    assert decision.state.left_on is not None
    body = said.StudentLeaves(
        student_id=pupil["student_id"],
        school_id=work.partition,
        left_on=decision.state.left_on.isoformat(),
    )
    return Reply(body, decision.version)


def _end_applications(work: UnitOfWork, student_id: str, effective_on: date) -> None:
    answers = applications.answers_of(work.connection, [student_id])
    for (_, term_id), answer in answers.items():
        term = schools.term(work.connection, term_id)
        if answer["state"] in ENDED or term is None:
            continue
        stream_id = f"application-{student_id}-{term_id}"
        command = commands.LeaveSchool(
            effective_on=effective_on, term_ends=date.fromisoformat(term["last_day"])
        )
        work.append(stream_id, APPLICATION.decide(work.load(APPLICATION, stream_id), command))


PARTIES = access.GUARDIAN | access.OFFICE


HANDLES: Handles = {
    said.WITHDRAW_STUDENT: CommandHandler(withdraw_student, of_application),
    said.SUSPEND_ENROLMENT: CommandHandler(suspend_enrolment, of_application),
    said.RESUME_ENROLMENT: CommandHandler(resume_enrolment, of_application),
    said.TRANSFER_STUDENT: CommandHandler(transfer_student, access.of_student),
}
