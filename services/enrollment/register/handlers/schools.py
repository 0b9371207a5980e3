"""Schools, their terms, classes and staff."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from sqlalchemy import Connection

from chassis.clock import new_id
from chassis.eventsourcing.handling import CommandHandler, Handles, Reading, Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from contracts.enrollment import schools as said
from services.enrollment.policy import profiles
from services.enrollment.policy.domain import errors as policy_errors
from services.enrollment.policy.handlers import policy_values
from services.enrollment.policy.tables import policies
from services.enrollment.register.domain import errors
from services.enrollment.register.domain.school import SCHOOL, OpenTerm, Registered, RegisterSchool
from services.enrollment.register.domain.staff import STAFF, RegisterStaff
from services.enrollment.register.handlers import access, names
from services.enrollment.register.tables import people, schools


class OfSchool(Protocol):
    """A request that names a school."""

    @property
    def school_id(self) -> str: ...


def register_school(
    work: UnitOfWork, request: said.RegisterSchool, call: Call
) -> Reply[said.School]:
    district = policies.district(work.connection, request.district_id)
    if district is None:
        raise policy_errors.DistrictUnknown("unregistered")
    work.call = replace(call, policy=(district["profile"], district["version"]))
    decision = work.execute(
        SCHOOL,
        f"school-{work.partition}",
        RegisterSchool(
            school_id=work.partition,
            district_id=district["district_id"],
            name=request.name,
            profile=district["profile"],
            stage=request.stage,
            area=request.area,
            stages=district["parameters"]["stages"],
            areas=district["parameters"]["areas"],
            school_type=request.school_type,
            school_types=policy_values.value(work.connection, district, "school_types"),
        ),
    )
    body = said.School(
        school_id=request.school_id,
        district_id=request.district_id,
        name=request.name,
        profile=district["profile"],
        stage=request.stage,
        area=request.area,
        school_type=request.school_type,
    )
    return Reply(body, decision.version, created=bool(decision.events))


def open_term(work: UnitOfWork, request: said.OpenTerm, call: Call) -> Reply[said.Term]:
    school = access.school(work.connection, work.partition, call)
    decision = work.execute(
        SCHOOL,
        f"school-{work.partition}",
        OpenTerm(
            term_id=new_id(),
            name=request.name,
            plan_from=profiles.profile(school["profile"]).effective_from,
            first_day=request.first_day,
            last_day=request.last_day,
        ),
    )
    assert isinstance(decision.state, Registered)
    term = next(
        each
        for each in decision.state.terms
        if (each.first_day, each.last_day) == (request.first_day, request.last_day)
    )
    body = said.Term(
        term_id=term.term_id,
        school_id=term.school_id,
        name=term.name,
        first_day=request.first_day.isoformat(),
        last_day=request.last_day.isoformat(),
    )
    return Reply(body, decision.version, created=bool(decision.events))


def register_staff(work: UnitOfWork, request: said.RegisterStaff, _call: Call) -> Reply[said.Staff]:
    staff_id = request.staff_id or new_id()
    elsewhere = schools.staff_member(work.connection, staff_id)
    if elsewhere and elsewhere.school_id != work.partition:
        raise errors.StaffDiffers()
    decision = work.execute(
        STAFF,
        f"staff-{staff_id}",
        RegisterStaff(staff_id=staff_id, school_id=work.partition, kind=request.kind),
    )
    work.vault.put(names.staff_subject(staff_id), name=request.name)
    body = said.Staff(staff_id=staff_id, school_id=work.partition, kind=request.kind)
    return Reply(body, decision.version, created=bool(decision.events))


def list_schools(reading: Reading, request: said.ListSchools) -> said.Schools:
    """The list of schools is public; a bureau sees its own district's."""
    district_id = request.district_id
    if reading.call.principal.role == "bureau":
        district_id = reading.call.principal.district_id
    found = schools.in_district(reading.connection, district_id)
    return said.Schools(items=tuple(said.School(**each) for each in found))


def get_school(reading: Reading, request: said.GetSchool) -> said.School:
    return said.School(**access.school(reading.connection, request.school_id, reading.call))


def list_terms(reading: Reading, request: said.ListTerms) -> said.Terms:
    school = access.school(reading.connection, request.school_id, reading.call)
    found = schools.terms_of(reading.connection, school["school_id"])
    return said.Terms(items=tuple(said.Term(**each) for each in found))


def list_classes(reading: Reading, request: said.ListClasses) -> said.Classes:
    school_id = access.school(reading.connection, request.school_id, reading.call)["school_id"]
    sizes = people.class_sizes(reading.connection, school_id, reading.call.today)
    found = schools.classes_of(reading.connection, school_id)
    return said.Classes(
        items=tuple(
            said.SchoolClass(**each, students=sizes.get(each["class_id"], 0)) for each in found
        )
    )


def _new_school(_connection: Connection, request: said.RegisterSchool, _call: Call) -> str:
    return request.school_id


def own_school(connection: Connection, request: OfSchool, call: Call) -> str:
    """Return the partition of a command on the caller's own school."""
    return str(access.school(connection, request.school_id, call)["school_id"])


HANDLES: Handles = {
    said.REGISTER_SCHOOL: CommandHandler(register_school, _new_school),
    said.OPEN_TERM: CommandHandler(open_term, own_school),
    said.REGISTER_STAFF: CommandHandler(register_staff, own_school),
    said.LIST_SCHOOLS: list_schools,
    said.GET_SCHOOL: get_school,
    said.LIST_TERMS: list_terms,
    said.LIST_CLASSES: list_classes,
}
