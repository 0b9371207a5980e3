"""Schools, their terms, classes and staff."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from chassis.clock import new_id
from chassis.eventsourcing.application import CommandRoute, QueryRoute, Reply, Request
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from contracts.enrollment import requests
from services.enrollment import profiles
from services.enrollment.domain import errors
from services.enrollment.domain.school import SCHOOL, OpenTerm, Registered, RegisterSchool
from services.enrollment.domain.staff import STAFF, RegisterStaff
from services.enrollment.handlers import access, names, policy_values
from services.enrollment.projections import people, policies, schools


def register_school(work: UnitOfWork, request: Request, call: Call) -> Reply:
    district = policies.district(work.connection, request["district_id"])
    if district is None:
        raise errors.DistrictUnknown(
            "没有这个区域，请先登记区域。", "There is no such district; register it first."
        )
    work.call = replace(call, policy=(district["profile"], district["version"]))
    decision = work.execute(
        SCHOOL,
        f"school-{work.partition}",
        RegisterSchool(
            school_id=work.partition,
            district_id=district["district_id"],
            name=request["name"],
            profile=district["profile"],
            stage=request["stage"],
            area=request["area"],
            stages=district["parameters"]["stages"],
            areas=district["parameters"]["areas"],
            school_type=request["school_type"],
            school_types=policy_values.value(work.connection, district, "school_types"),
        ),
    )
    named = ("school_id", "district_id", "name", "stage", "area", "school_type")
    body = {**{name: request[name] for name in named}, "profile": district["profile"]}
    return Reply(body, decision.version, created=bool(decision.events))


def open_term(work: UnitOfWork, request: Request, call: Call) -> Reply:
    school = access.school(work.connection, work.partition, call)
    dates = {name: request[name] for name in ("first_day", "last_day")}
    decision = work.execute(
        SCHOOL,
        f"school-{work.partition}",
        OpenTerm(
            term_id=new_id(),
            name=request["name"],
            plan_from=profiles.profile(school["profile"]).effective_from,
            **dates,
        ),
    )
    assert isinstance(decision.state, Registered)
    term = next(
        each
        for each in decision.state.terms
        if (each.first_day, each.last_day) == (request["first_day"], request["last_day"])
    )
    body = {
        "term_id": term.term_id,
        "school_id": term.school_id,
        "name": term.name,
        **{name: day.isoformat() for name, day in dates.items()},
    }
    return Reply(body, decision.version, created=bool(decision.events))


def register_staff(work: UnitOfWork, request: Request, _call: Call) -> Reply:
    staff_id = request["staff_id"] or new_id()
    elsewhere = schools.staff_member(work.connection, staff_id)
    if elsewhere and elsewhere["school_id"] != work.partition:
        raise errors.StaffDiffers(
            "这个编号已用于另一位人员；请换一个编号。",
            "This id belongs to somebody else; choose another id.",
        )
    decision = work.execute(
        STAFF,
        f"staff-{staff_id}",
        RegisterStaff(staff_id=staff_id, school_id=work.partition, kind=request["kind"]),
    )
    work.vault.put(names.staff_subject(staff_id), name=request["name"])
    body = {"staff_id": staff_id, "school_id": work.partition, "kind": request["kind"]}
    return Reply(body, decision.version, created=bool(decision.events))


def list_schools(connection: Connection, request: Request, call: Call) -> dict[str, Any]:
    """The list of schools is public; a bureau sees its own district's."""
    district_id = request.get("district_id")
    if call.principal.role == "bureau":
        district_id = call.principal.district_id
    return {"items": schools.in_district(connection, district_id)}


def get_school(connection: Connection, request: Request, call: Call) -> dict[str, Any]:
    return access.school(connection, request["school_id"], call)


def list_terms(connection: Connection, request: Request, call: Call) -> dict[str, Any]:
    school = access.school(connection, request["school_id"], call)
    return {"items": schools.terms_of(connection, school["school_id"])}


def list_classes(connection: Connection, request: Request, call: Call) -> dict[str, Any]:
    school_id = access.school(connection, request["school_id"], call)["school_id"]
    sizes = people.class_sizes(connection, school_id, call.today)
    found = schools.classes_of(connection, school_id)
    return {"items": [{**each, "students": sizes.get(each["class_id"], 0)} for each in found]}


def _new_school(connection: Connection, request: Request, _call: Call) -> str:
    return str(request["school_id"])


def own_school(connection: Connection, request: Request, call: Call) -> str:
    """Return the partition of a command on the caller's own school."""
    return str(access.school(connection, request["school_id"], call)["school_id"])


COMMANDS = {
    "register_school": CommandRoute(
        register_school, access.OPERATOR, _new_school, requests.RegisterSchool()
    ),
    "open_term": CommandRoute(open_term, access.OFFICE, own_school, requests.OpenTerm()),
    "register_staff": CommandRoute(
        register_staff, access.OFFICE, own_school, requests.RegisterStaff()
    ),
}

QUERIES = {
    "list_schools": QueryRoute(list_schools, access.EVERYBODY),
    "get_school": QueryRoute(get_school, access.EVERYBODY),
    "list_terms": QueryRoute(list_terms, access.EVERYBODY),
    "list_classes": QueryRoute(list_classes, access.EVERYBODY),
}
