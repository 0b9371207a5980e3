"""Screenings and responsibility statements of staff."""

from __future__ import annotations

from chassis.eventsourcing.handling import Reading, Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from contracts.safety import fitness as said
from contracts.shapes import Nothing
from registers import staff, terms
from services.safety import scope
from services.safety.errors import StaffUnknown, TermUnknown
from services.safety.fitness import errors, statements, tables
from services.safety.fitness.domain import FITNESS, RecordScreening, SignResponsibilityStatement


def record_screening(
    work: UnitOfWork, request: said.RecordScreening, call: Call
) -> Reply[said.ScreeningRecorded]:
    staff_id = request.staff_id
    staff.check_at(work.connection, work.partition, staff_id, StaffUnknown)
    decision = work.execute(
        FITNESS,
        f"fitness-{staff_id}",
        RecordScreening(
            staff_id=staff_id,
            school_id=work.partition,
            result=request.result,
            checked_on=request.checked_on,
            valid_until=request.valid_until,
            today=call.today,
        ),
    )
    screening = decision.state.screening
    assert screening is not None
    if decision.events and request.note:
        note = {f"note-{screening.checked_on}": request.note}
        work.vault.put(subject_of(staff_id), **note)
    until = screening.valid_until
    recorded = said.ScreeningRecorded(
        staff_id=staff_id,
        school_id=work.partition,
        result=screening.result,
        checked_on=screening.checked_on.isoformat(),
        valid_until=until.isoformat() if until else None,
    )
    return Reply(recorded, decision.version, created=bool(decision.events))


def sign_responsibility_statement(
    work: UnitOfWork, request: said.SignResponsibilityStatement, call: Call
) -> Reply[said.StatementSigned]:
    staff_id = request.staff_id
    staff.check_at(work.connection, work.partition, staff_id, StaffUnknown)
    term_id = request.term_id
    terms.check_at(work.connection, work.partition, term_id, TermUnknown)
    by = _signer(staff_id, request, call)
    current = statements.current(call.today)
    decision = work.execute(
        FITNESS,
        f"fitness-{staff_id}",
        SignResponsibilityStatement(
            staff_id=staff_id,
            school_id=work.partition,
            term_id=term_id,
            statement_version=request.statement_version,
            current_version=current.version,
            text_sha256=current.sha256,
            by=by,
        ),
    )
    if decision.events and by == "office":
        evidence = {f"evidence-{term_id}": request.evidence}
        work.vault.put(subject_of(staff_id), **evidence)
    signed = decision.state.statements[term_id]
    body = said.StatementSigned(
        staff_id=staff_id,
        school_id=work.partition,
        term_id=term_id,
        statement_version=signed.statement_version,
        text_sha256=signed.text_sha256,
        by=signed.by,
    )
    return Reply(body, decision.version, created=bool(decision.events))


def get_responsibility_statement(
    reading: Reading, _request: Nothing
) -> said.ResponsibilityStatement:
    current = statements.current(reading.call.today)
    return said.ResponsibilityStatement(
        statement_version=current.version,
        effective_from=current.effective_from.isoformat(),
        text=current.text,
        text_sha256=current.sha256,
    )


def list_staff_fitness(reading: Reading, request: said.ListStaffFitness) -> said.StaffFitnessList:
    school_id = scope.school(reading.connection, request.school_id, reading.call)
    terms.check_at(reading.connection, school_id, request.term_id, TermUnknown)
    items = tables.of_school(reading.connection, school_id, request.term_id, reading.call.today)
    return said.StaffFitnessList(items=items)


def subject_of(staff_id: str) -> str:
    """Return the vault's subject of a member of staff, the same as in enrollment's vault."""
    return f"staff-{staff_id}"


def _signer(staff_id: str, request: said.SignResponsibilityStatement, call: Call) -> str:
    if call.principal.person_id == staff_id:
        return "staff"
    if call.principal.role != "school_office":
        raise errors.StatementNotYours()
    if request.evidence is None:
        raise errors.EvidenceMissing()
    return "office"
