"""Volunteering: by the person; the list of who may be given a session."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection

from chassis.eventsourcing.handling import CommandHandler, Handles, Reading, Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from contracts.enrollment import schools as schools_said
from contracts.enrollment import volunteering as said
from services.enrollment.domain.errors import ForAnotherPerson
from services.enrollment.domain.plan import errors
from services.enrollment.domain.staffing.volunteering import (
    VOLUNTEERING,
    Fitness,
    VolunteerForDuty,
    Willing,
    WithdrawVolunteering,
)
from services.enrollment.handlers import access, names, policy_values
from services.enrollment.handlers.plan import of_term
from services.enrollment.projections import fitness, offerings, schools


def volunteer_for_duty(work: UnitOfWork, request: said.VolunteerForDuty, call: Call) -> Reply:
    person = _person(work.connection, work.partition, call)
    school = access.here(work)
    command = VolunteerForDuty(
        staff_id=person["staff_id"],
        term_id=request.term_id,
        kind=person["kind"],
        admitted=policy_values.value(work.connection, school, "staff_kinds"),
    )
    return _execute(work, command.staff_id, command.term_id, command)


def withdraw_volunteering(
    work: UnitOfWork, request: said.WithdrawVolunteering, call: Call
) -> Reply:
    person = _person(work.connection, work.partition, call)
    school = access.here(work)
    command = WithdrawVolunteering(
        effective_on=request.effective_on,
        notice_days=policy_values.value(work.connection, school, "staff_notice_days"),
        today=call.today,
    )
    return _execute(work, person["staff_id"], request.term_id, command)


def list_volunteers(reading: Reading, request: said.ListVolunteers) -> dict[str, Any]:
    school_id = of_term(reading.connection, request, reading.call)
    found = offerings.volunteers_of(reading.connection, school_id, request.term_id)
    subjects = {each["staff_id"]: names.staff_subject(each["staff_id"]) for each in found}
    called = names.read(reading.vault, reading.connection, subjects.values())
    return {
        "items": [
            {
                **_line(reading.connection, each, reading.call.today),
                "name": called.get(subjects[each["staff_id"]]),
            }
            for each in found
        ]
    }


def my_duty(reading: Reading, request: said.MyDuty) -> dict[str, Any]:
    """Whether oneself has volunteered for a term and may be given a session."""
    school_id = of_term(reading.connection, request, reading.call)
    term_id = access.term(reading.connection, request.term_id, school_id)["term_id"]
    person = _person(reading.connection, school_id, reading.call)
    found = [
        each
        for each in offerings.volunteers_of(reading.connection, school_id, term_id)
        if each["staff_id"] == person["staff_id"]
    ]
    mine = {"staff_id": person["staff_id"], "term_id": term_id, "until": None}
    line = _line(reading.connection, found[0] if found else mine, reading.call.today)
    return {**line, "volunteers": bool(found)}


def list_staff(reading: Reading, request: schools_said.ListStaff) -> dict[str, Any]:
    """A school's registered staff by name, to be chosen from."""
    school = access.school(reading.connection, request.school_id, reading.call)
    found = schools.staff_of(reading.connection, school["school_id"])
    subjects = {each["staff_id"]: names.staff_subject(each["staff_id"]) for each in found}
    called = names.read(reading.vault, reading.connection, subjects.values())
    items = [{**each, "name": called.get(subjects[each["staff_id"]])} for each in found]
    return {"items": sorted(items, key=lambda each: (each["name"] or "", each["staff_id"]))}


def fitness_of(connection: Connection, staff_id: str, term_id: str, today: date) -> Fitness:
    """Return whether somebody consents, is screened and has signed, as of today."""
    screened, statement = fitness.fitness(connection, staff_id, term_id, today)
    return Fitness(
        consents=offerings.consents(connection, staff_id, term_id, today),
        screened=screened,
        statement=statement,
    )


def _line(connection: Connection, row: dict[str, Any], today: date) -> dict[str, Any]:
    fit = fitness_of(connection, row["staff_id"], row["term_id"], today)
    person = schools.staff_member(connection, row["staff_id"])
    return {
        **{name: row[name] for name in ("staff_id", "term_id", "until")},
        "kind": person["kind"] if person else "",
        "screened": fit.screened,
        "statement": fit.statement,
        "assignable": fit.consents and fit.screened and fit.statement,
    }


def _person(connection: Connection, school_id: str, call: Call) -> dict[str, Any]:
    """Return the member of staff behind the calling account."""
    staff_id = call.principal.person_id
    if staff_id is None:
        raise ForAnotherPerson("own-account")
    found = schools.staff_member(connection, staff_id)
    if found is None or found["school_id"] != school_id:
        raise errors.StaffUnknown("own-account")
    return found


def _execute(
    work: UnitOfWork,
    staff_id: str,
    term_id: str,
    command: VolunteerForDuty | WithdrawVolunteering,
) -> Reply:
    access.term(work.connection, term_id, work.partition)
    decision = work.execute(VOLUNTEERING, f"volunteer-{staff_id}-{term_id}", command)
    until = decision.state.until if isinstance(decision.state, Willing) else None
    body = {
        "staff_id": staff_id,
        "term_id": term_id,
        "until": until.isoformat() if until else None,
    }
    created = isinstance(command, VolunteerForDuty) and bool(decision.events)
    return Reply(body, decision.version, created=created)


HANDLES: Handles = {
    said.VOLUNTEER_FOR_DUTY: CommandHandler(volunteer_for_duty, of_term),
    said.WITHDRAW_VOLUNTEERING: CommandHandler(withdraw_volunteering, of_term),
    said.LIST_VOLUNTEERS: list_volunteers,
    said.MY_DUTY: my_duty,
    schools_said.LIST_STAFF: list_staff,
}
