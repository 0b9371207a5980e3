"""Volunteering: by the person; the list of who may be given a session."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection

from chassis.eventsourcing.handling import CommandHandler, Handles, Reading, Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from contracts.enrollment import schools as schools_said
from contracts.enrollment import volunteering as said
from services.enrollment.application.domain.errors import ForAnotherPerson
from services.enrollment.offerings.domain.volunteering import (
    VOLUNTEERING,
    Fitness,
    VolunteerForDuty,
    Willing,
    WithdrawVolunteering,
)
from services.enrollment.offerings.tables import fitness, offerings
from services.enrollment.plan.domain import errors
from services.enrollment.policy.handlers import policy_values
from services.enrollment.register.handlers import access, names
from services.enrollment.register.handlers.access import of_term
from services.enrollment.register.tables import schools


def volunteer_for_duty(
    work: UnitOfWork, request: said.VolunteerForDuty, call: Call
) -> Reply[said.Volunteer]:
    person = _person(work.connection, work.partition, call)
    school = access.here(work)
    command = VolunteerForDuty(
        staff_id=person.staff_id,
        term_id=request.term_id,
        kind=person.kind,
        admitted=policy_values.value(work.connection, school, "staff_kinds"),
    )
    return _execute(work, command.staff_id, command.term_id, command)


def withdraw_volunteering(
    work: UnitOfWork, request: said.WithdrawVolunteering, call: Call
) -> Reply[said.Volunteer]:
    person = _person(work.connection, work.partition, call)
    school = access.here(work)
    command = WithdrawVolunteering(
        effective_on=request.effective_on,
        notice_days=policy_values.value(work.connection, school, "staff_notice_days"),
        today=call.today,
    )
    return _execute(work, person.staff_id, request.term_id, command)


def list_volunteers(reading: Reading, request: said.ListVolunteers) -> said.Volunteers:
    school_id = of_term(reading.connection, request, reading.call)
    found = offerings.volunteers_of(reading.connection, school_id, request.term_id)
    subjects = {each["staff_id"]: names.staff_subject(each["staff_id"]) for each in found}
    called = names.read(reading.vault, reading.connection, subjects.values())
    return said.Volunteers(
        items=tuple(
            said.VolunteerLine(
                staff_id=each["staff_id"],
                term_id=each["term_id"],
                until=each["until"],
                name=called.get(subjects[each["staff_id"]]),
                **_shown(reading, each["staff_id"], request.term_id)._asdict(),
            )
            for each in found
        )
    )


def my_duty(reading: Reading, request: said.MyDuty) -> said.OwnDuty:
    """Whether oneself has volunteered for a term and may be given a session."""
    school_id = of_term(reading.connection, request, reading.call)
    term_id = access.term(reading.connection, request.term_id, school_id)["term_id"]
    staff_id = _person(reading.connection, school_id, reading.call).staff_id
    found = [
        each
        for each in offerings.volunteers_of(reading.connection, school_id, term_id)
        if each["staff_id"] == staff_id
    ]
    return said.OwnDuty(
        staff_id=staff_id,
        term_id=term_id,
        until=found[0]["until"] if found else None,
        volunteers=bool(found),
        **_shown(reading, staff_id, term_id)._asdict(),
    )


def list_staff(reading: Reading, request: schools_said.ListStaff) -> schools_said.StaffMembers:
    """A school's registered staff by name, to be chosen from."""
    school = access.school(reading.connection, request.school_id, reading.call)
    found = schools.staff_of(reading.connection, school["school_id"])
    subjects = {each.staff_id: names.staff_subject(each.staff_id) for each in found}
    called = names.read(reading.vault, reading.connection, subjects.values())
    items = (
        schools_said.StaffMember(**each._asdict(), name=called.get(subjects[each.staff_id]))
        for each in found
    )
    by_name = sorted(items, key=lambda each: (each.name or "", each.staff_id))
    return schools_said.StaffMembers(items=tuple(by_name))


def fitness_of(connection: Connection, staff_id: str, term_id: str, today: date) -> Fitness:
    """Return whether somebody consents, is screened and has signed, as of today."""
    screened, statement = fitness.fitness(connection, staff_id, term_id, today)
    return Fitness(
        consents=offerings.consents(connection, staff_id, term_id, today),
        screened=screened,
        statement=statement,
    )


class _Shown(NamedTuple):
    """What is read of somebody's fitness for a term."""

    kind: str
    screened: bool
    statement: bool
    assignable: bool


def _shown(reading: Reading, staff_id: str, term_id: str) -> _Shown:
    fit = fitness_of(reading.connection, staff_id, term_id, reading.call.today)
    person = schools.staff_member(reading.connection, staff_id)
    return _Shown(
        kind=person.kind if person else "",
        screened=fit.screened,
        statement=fit.statement,
        assignable=fit.consents and fit.screened and fit.statement,
    )


def _person(connection: Connection, school_id: str, call: Call) -> schools.StaffMember:
    """Return the member of staff behind the calling account."""
    staff_id = call.principal.person_id
    if staff_id is None:
        raise ForAnotherPerson("own-account")
    found = schools.staff_member(connection, staff_id)
    if found is None or found.school_id != school_id:
        raise errors.StaffUnknown("own-account")
    return found


def _execute(
    work: UnitOfWork,
    staff_id: str,
    term_id: str,
    command: VolunteerForDuty | WithdrawVolunteering,
) -> Reply[said.Volunteer]:
    access.term(work.connection, term_id, work.partition)
    decision = work.execute(VOLUNTEERING, f"volunteer-{staff_id}-{term_id}", command)
    until = decision.state.until if isinstance(decision.state, Willing) else None
    body = said.Volunteer(
        staff_id=staff_id, term_id=term_id, until=until.isoformat() if until else None
    )
    created = isinstance(command, VolunteerForDuty) and bool(decision.events)
    return Reply(body, decision.version, created=created)


HANDLES: Handles = {
    said.VOLUNTEER_FOR_DUTY: CommandHandler(volunteer_for_duty, of_term),
    said.WITHDRAW_VOLUNTEERING: CommandHandler(withdraw_volunteering, of_term),
    said.LIST_VOLUNTEERS: list_volunteers,
    said.MY_DUTY: my_duty,
    schools_said.LIST_STAFF: list_staff,
}
