"""Applications: the guardian's form, the school's decision, the agreement."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection

from chassis.clock import new_id
from chassis.eventsourcing.handling import CommandHandler, Handles, Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from contracts.enrollment import agreements as agreements_said
from contracts.enrollment import applications as said
from services.enrollment.application.domain import commands, errors
from services.enrollment.application.domain.application import APPLICATION
from services.enrollment.application.domain.placement import PlacementCommand
from services.enrollment.application.handlers import agreements, family, scope
from services.enrollment.application.tables import applications, placements
from services.enrollment.plan.tables import plans
from services.enrollment.policy import profiles
from services.enrollment.policy.handlers import policy_values
from services.enrollment.register.domain import errors as register_errors
from services.enrollment.register.handlers import access
from services.enrollment.register.tables import people, schools

REVIEWING = frozenset({"teacher", "school_office"})


def submit_application(work: UnitOfWork, request: said.SubmitApplication, call: Call) -> Reply:
    term = access.term(work.connection, request.term_id, work.partition)
    school = access.here(work)
    values = policy_values.values_for(work.connection, school)
    form = commands.Form(
        application_id=new_id(),
        school_id=work.partition,
        student_id=request.student_id,
        term_id=term["term_id"],
        guardian_id=_guardian(call),
        service_kinds=tuple(dict.fromkeys(request.service_kinds)),
    )
    return execute(
        work,
        form.student_id,
        form.term_id,
        commands.SubmitApplication(
            form=form,
            offered=family.offered(values, school),
            term_ends=date.fromisoformat(term["last_day"]),
            today=call.today,
            leaves_on=_leaves_on(work.connection, form.student_id),
            plan_in_force=plans.in_force(work.connection, form.term_id) is not None,
            disclosed=family.disclosed(work.connection, values, school, form.term_id),
            pupil_assents=request.pupil_assents,
            assent_needed=policy_values.named(values, school, "pupil_assent_required"),
        ),
    )


def decline_participation(
    work: UnitOfWork, request: said.DeclineParticipation, call: Call
) -> Reply:
    term = access.term(work.connection, request.term_id, work.partition)
    command = commands.DeclineParticipation(
        school_id=work.partition,
        student_id=request.student_id,
        term_id=term["term_id"],
        guardian_id=_guardian(call),
    )
    return _end(work, command.student_id, command.term_id, command, call)


def accept_application(work: UnitOfWork, request: said.AcceptApplication, call: Call) -> Reply:
    row = scope.application(work.connection, request.application_id, call)
    school = access.here(work)
    command = commands.AcceptApplication(
        application_id=row["application_id"],
        review_needed=policy_values.value(work.connection, school, "class_review_required"),
    )
    return execute(work, row["student_id"], row["term_id"], command)


def review_application(work: UnitOfWork, request: said.ReviewApplication, call: Call) -> Reply:
    row = scope.application(work.connection, request.application_id, call)
    command = commands.ReviewApplication(
        application_id=row["application_id"], recommended=request.recommended
    )
    reply = execute(work, row["student_id"], row["term_id"], command)
    keep(work, row, class_review=request.note)
    return reply


def record_pupil_assent(work: UnitOfWork, request: said.RecordPupilAssent, call: Call) -> Reply:
    row = scope.application(work.connection, request.application_id, call)
    command = commands.RecordPupilAssent(
        application_id=row["application_id"], assents=request.assents, today=call.today
    )
    if request.assents:
        return execute(work, row["student_id"], row["term_id"], command)
    return _end(work, row["student_id"], row["term_id"], command, call)


def reject_application(work: UnitOfWork, request: said.RejectApplication, call: Call) -> Reply:
    row = scope.application(work.connection, request.application_id, call)
    command = commands.RejectApplication(
        application_id=row["application_id"], listing=applications.listing(row)
    )
    before = len(work.rows)
    reply = _end(work, row["student_id"], row["term_id"], command, call)
    if len(work.rows) > before:
        keep(work, row, reason=request.reason)
    return reply


def sign_agreement(work: UnitOfWork, request: agreements_said.SignAgreement, call: Call) -> Reply:
    row = scope.application(work.connection, request.application_id, call)
    pupil = people.student(work.connection, row["student_id"])
    term = schools.term(work.connection, row["term_id"])
    assert pupil is not None
    assert term is not None
    current = profiles.current_agreement(call.today)
    guardian_id = _guardian(call)
    signer = {**row, "guardian_id": guardian_id}
    text = agreements.text(work.connection, current, signer)
    letter = profiles.current_letter(call.today)
    command = commands.SignAgreement(
        application_id=row["application_id"],
        guardian_id=guardian_id,
        agreement_version=request.agreement_version,
        current_version=current.version,
        text_sha256=profiles.sha256(text),
        letter_version=letter.version,
        letter_sha256=profiles.sha256(agreements.text(work.connection, letter, signer)),
        plan_version=plans.in_force(work.connection, row["term_id"]),
        listing=applications.listing(row),
        class_id=pupil["class_id"],
        term_starts=date.fromisoformat(term["first_day"]),
        term_ends=date.fromisoformat(term["last_day"]),
        today=call.today,
        vacant_from=_day(
            placements.vacant_from(work.connection, row["student_id"], row["term_id"])
        ),
    )
    return execute(work, row["student_id"], row["term_id"], command)


def _guardian(call: Call) -> str:
    if call.principal.person_id is None:
        # The system may do everything but choose in a family's place (P1-004).
        raise errors.ForAnotherPerson("guardian")
    return call.principal.person_id


def _leaves_on(connection: Connection, student_id: str) -> date | None:
    pupil = people.student(connection, student_id)
    return _day(pupil["left_on"]) if pupil else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _end(
    work: UnitOfWork, student_id: str, term_id: str, command: commands.Command, call: Call
) -> Reply:
    return execute(work, student_id, term_id, command)


def execute(
    work: UnitOfWork,
    student_id: str,
    term_id: str,
    command: commands.Command | PlacementCommand,
) -> Reply:
    """Run a command on a family's answer for a term, and reply with the state it leads to."""
    stream_id = f"application-{student_id}-{term_id}"
    decision = work.execute(APPLICATION, stream_id, command)
    answer = applications.answers_of(work.connection, [student_id])[student_id, term_id]
    body = {
        "application_id": answer.get("application_id"),
        "school_id": work.partition,
        "student_id": student_id,
        "term_id": term_id,
        "state": answer["state"],
    }
    created = isinstance(command, commands.SubmitApplication) and bool(decision.events)
    return Reply(body, decision.version, created=created)


def keep(work: UnitOfWork, row: Mapping[str, Any], **text: str) -> None:
    """Keep what was said about an application; of whose data were erased nothing new is kept."""
    # An empty text is kept: it takes the place of the one before.
    subject = str(row["application_id"])
    if not work.vault.erased([str(row["student_id"]), subject]):
        work.vault.put(subject, **text)


def _of_child(
    connection: Connection, request: said.SubmitApplication | said.DeclineParticipation, call: Call
) -> str:
    """Return the school of a guardian's own child; it is the one that the path names."""
    pupil = access.student(connection, request.student_id, call)
    if request.school_id != pupil["school_id"]:
        raise register_errors.StudentUnknown("of-another-school")
    return request.school_id


def of_application(connection: Connection, request: Any, call: Call) -> str:
    """Return the partition of a command on an application."""
    return str(scope.application(connection, request.application_id, call)["school_id"])


HANDLES: Handles = {
    said.SUBMIT_APPLICATION: CommandHandler(submit_application, _of_child),
    said.DECLINE_PARTICIPATION: CommandHandler(decline_participation, _of_child),
    said.REVIEW_APPLICATION: CommandHandler(review_application, of_application),
    said.RECORD_PUPIL_ASSENT: CommandHandler(record_pupil_assent, of_application),
    said.ACCEPT_APPLICATION: CommandHandler(accept_application, of_application),
    said.REJECT_APPLICATION: CommandHandler(reject_application, of_application),
    agreements_said.SIGN_AGREEMENT: CommandHandler(sign_agreement, of_application),
}
