"""Session content: the teacher's plan of a day and the school's review of it."""

from __future__ import annotations

from typing import Any

from chassis.eventsourcing.handling import CommandHandler, Handles, Reading, Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from contracts.enrollment import session_contents as said
from services.enrollment.application.domain.errors import ForAnotherPerson
from services.enrollment.offerings.domain import commands
from services.enrollment.offerings.domain.sessions import CONTENT
from services.enrollment.offerings.domain.volunteering import check_fit
from services.enrollment.offerings.handlers.offerings import of_offering
from services.enrollment.offerings.handlers.staffing import fitness_of
from services.enrollment.offerings.tables import offerings
from services.enrollment.plan.handlers.scope import check_staff
from services.enrollment.policy.handlers import policy_values
from services.enrollment.register.handlers import access

TEACHERS = frozenset({"teacher", "school_office"})
READERS = TEACHERS | access.BUREAU


def submit_session_content(
    work: UnitOfWork, request: said.SubmitSessionContent, call: Call
) -> Reply:
    row = _offering(work, request)
    if call.principal.role == "teacher" and call.principal.person_id != row["teacher_id"]:
        raise ForAnotherPerson("teacher")
    session = _session(work, request, row, row["teacher_id"])
    command = commands.SubmitSessionContent(session=session)
    return _execute(work, request, command, description=request.description)


def substitute_session(work: UnitOfWork, request: said.SubstituteSession, call: Call) -> Reply:
    row = _offering(work, request)
    teacher_id = request.teacher_id
    check_staff(work, [teacher_id])
    check_fit(fitness_of(work.connection, teacher_id, row["term_id"], call.today))
    session = _session(work, request, row, teacher_id)
    command = commands.SubstituteSession(session=session)
    return _execute(work, request, command, description=request.description)


def approve_session_content(
    work: UnitOfWork, request: said.ApproveSessionContent, _call: Call
) -> Reply:
    command = commands.ApproveSessionContent()
    return _execute(work, request, command, guidance=request.guidance)


def return_session_content(
    work: UnitOfWork, request: said.ReturnSessionContent, _call: Call
) -> Reply:
    return _execute(work, request, commands.ReturnSessionContent(), reason=request.reason)


def list_session_contents(reading: Reading, request: said.ListSessionContents) -> dict[str, Any]:
    of_offering(reading.connection, request, reading.call)
    found = offerings.contents_of(reading.connection, request.offering_id)
    subjects = {each["held_on"]: _subject(each["offering_id"], each["held_on"]) for each in found}
    held = reading.vault.session(reading.connection).get_many(subjects.values())
    items = []
    for each in found:
        texts = held.get(subjects[each["held_on"]], {})
        items.append(
            {
                **_shown(each),
                **{name: texts.get(name) for name in ("description", "guidance", "reason")},
                "may_run": each["standing"] == "approved",
            }
        )
    return {"items": items}


def subject(request: Any) -> str:
    """Return the vault's subject of the texts of one session."""
    return _subject(request.offering_id, request.on.isoformat())


def _subject(offering_id: str, on: str) -> str:
    return f"session-{offering_id}-{on}"


def _offering(work: UnitOfWork, request: Any) -> dict[str, Any]:
    found = offerings.offering(work.connection, request.offering_id)
    assert found is not None
    return found


def _session(
    work: UnitOfWork, request: Any, row: dict[str, Any], teacher_id: str
) -> commands.Session:
    school = access.here(work)
    before = work.vault.get(subject(request), "description")
    return commands.Session(
        offering_id=row["offering_id"],
        service_kind=row["service_kind"],
        on=request.on,
        weekdays=tuple(row["weekdays"]),
        content_kind=request.content_kind,
        teacher_id=teacher_id,
        allowed=policy_values.value(work.connection, school, "content_kinds"),
        curriculum_ref=request.curriculum_ref,
        rewritten=before != request.description,
    )


def _execute(
    work: UnitOfWork, request: Any, command: commands.ContentCommand, **texts: str | None
) -> Reply:
    on = request.on.isoformat()
    stream_id = f"content-{request.offering_id}-{on}"
    decision = work.execute(CONTENT, stream_id, command)
    if decision.events:
        work.vault.put(subject(request), **texts)
    found = offerings.contents_of(work.connection, request.offering_id)
    row = next(each for each in found if each["held_on"] == on)
    return Reply(_shown(row), decision.version)


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    named = ("offering_id", "content_kind", "teacher_id", "standing", "substituted")
    return {**{name: row[name] for name in named}, "on": row["held_on"]}


HANDLES: Handles = {
    said.SUBMIT_SESSION_CONTENT: CommandHandler(submit_session_content, of_offering),
    said.SUBSTITUTE_SESSION: CommandHandler(substitute_session, of_offering),
    said.APPROVE_SESSION_CONTENT: CommandHandler(approve_session_content, of_offering),
    said.RETURN_SESSION_CONTENT: CommandHandler(return_session_content, of_offering),
    said.LIST_SESSION_CONTENTS: list_session_contents,
}
