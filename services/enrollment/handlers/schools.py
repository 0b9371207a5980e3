"""Schools, their terms, classes and staff."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import Connection

from chassis.clock import new_id
from chassis.eventsourcing.handling import CommandHandler, Handles, Reading, Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from contracts.enrollment import schools as said
from services.enrollment import profiles
from services.enrollment.domain import errors
from services.enrollment.domain.school import SCHOOL, OpenTerm, Registered, RegisterSchool
from services.enrollment.domain.staff import STAFF, RegisterStaff
from services.enrollment.handlers import access, names, policy_values
from services.enrollment.projections import people, policies, schools


def register_school(work: UnitOfWork, request: said.RegisterSchool, call: Call) -> Reply:
    district = policies.district(work.connection, request.district_id)
    if district is None:
        raise errors.DistrictUnknown("unregistered")
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
    body = {**asdict(request), "profile": district["profile"]}
    return Reply(body, decision.version, created=bool(decision.events))


def open_term(work: UnitOfWork, request: said.OpenTerm, call: Call) -> Reply:
    school = access.school(work.connection, work.partition, call)
    dates = {"first_day": request.first_day, "last_day": request.last_day}
    decision = work.execute(
        SCHOOL,
        f"school-{work.partition}",
        OpenTerm(
            term_id=new_id(),
            name=request.name,
            plan_from=profiles.profile(school["profile"]).effective_from,
            **dates,
        ),
    )
    assert isinstance(decision.state, Registered)
    term = next(
        each
        for each in decision.state.terms
        if (each.first_day, each.last_day) == (request.first_day, request.last_day)
    )
    body = {
        "term_id": term.term_id,
        "school_id": term.school_id,
        "name": term.name,
        **{name: day.isoformat() for name, day in dates.items()},
    }
    return Reply(body, decision.version, created=bool(decision.events))


def register_staff(work: UnitOfWork, request: said.RegisterStaff, _call: Call) -> Reply:
    staff_id = request.staff_id or new_id()
    elsewhere = schools.staff_member(work.connection, staff_id)
    if elsewhere and elsewhere["school_id"] != work.partition:
        raise errors.StaffDiffers()
    decision = work.execute(
        STAFF,
        f"staff-{staff_id}",
        RegisterStaff(staff_id=staff_id, school_id=work.partition, kind=request.kind),
    )
    work.vault.put(names.staff_subject(staff_id), name=request.name)
    body = {"staff_id": staff_id, "school_id": work.partition, "kind": request.kind}
    return Reply(body, decision.version, created=bool(decision.events))


def list_schools(reading: Reading, request: said.ListSchools) -> dict[str, Any]:
    """The list of schools is public; a bureau sees its own district's."""
    district_id = request.district_id
    if reading.call.principal.role == "bureau":
        district_id = reading.call.principal.district_id
    return {"items": schools.in_district(reading.connection, district_id)}


def get_school(reading: Reading, request: said.GetSchool) -> dict[str, Any]:
    return access.school(reading.connection, request.school_id, reading.call)


def list_terms(reading: Reading, request: said.ListTerms) -> dict[str, Any]:
    school = access.school(reading.connection, request.school_id, reading.call)
    return {"items": schools.terms_of(reading.connection, school["school_id"])}


def list_classes(reading: Reading, request: said.ListClasses) -> dict[str, Any]:
    school_id = access.school(reading.connection, request.school_id, reading.call)["school_id"]
    sizes = people.class_sizes(reading.connection, school_id, reading.call.today)
    found = schools.classes_of(reading.connection, school_id)
    return {"items": [{**each, "students": sizes.get(each["class_id"], 0)} for each in found]}


def _new_school(connection: Connection, request: Any, _call: Call) -> str:
    return str(request.school_id)


def own_school(connection: Connection, request: Any, call: Call) -> str:
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
