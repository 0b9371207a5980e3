"""Venues and offerings: proposed by the school, returned by the bureau, chosen by families."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from chassis.clock import new_id
from chassis.eventsourcing.handling import CommandHandler, Handles, Reading, Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from chassis.vault import Vault
from contracts.enrollment import offerings as said
from contracts.enrollment.offerings import (
    VenueRegistered,
)
from services.enrollment.listening.tables import surveys
from services.enrollment.offerings.domain import commands, errors
from services.enrollment.offerings.domain.content import FREE, is_static
from services.enrollment.offerings.domain.offering import OFFERING
from services.enrollment.offerings.domain.venues import VENUE, RegisterVenue
from services.enrollment.offerings.domain.volunteering import check_fit
from services.enrollment.offerings.handlers import offering_setting
from services.enrollment.offerings.handlers.staffing import fitness_of
from services.enrollment.offerings.tables import offerings, places, providers
from services.enrollment.plan.handlers.scope import check_staff
from services.enrollment.plan.tables import plans
from services.enrollment.register.handlers import access, names
from services.enrollment.register.handlers.access import of_term
from services.enrollment.register.handlers.schools import own_school
from services.enrollment.register.tables import schools

READERS = access.EVERYBODY - {"operator"}
SHOWN = (
    "offering_id school_id term_id title service_kind content_kind subject teacher_id venue_id "
    "capacity grades weekdays starts ends provider_of_record taught_by standing"
).split()


def register_venue(work: UnitOfWork, request: said.RegisterVenue, _call: Call) -> Reply:
    check_staff(work, [request.accountable_id])
    venue_id = request.venue_id or new_id()
    elsewhere = offerings.venue(work.connection, venue_id)
    if elsewhere and elsewhere["school_id"] != work.partition:
        raise errors.VenueUnknown()
    venue = VenueRegistered(
        venue_id=venue_id,
        school_id=work.partition,
        name=request.name,
        kind=request.kind,
        capacity=request.capacity,
        equipment=tuple(request.equipment),
        accountable_id=request.accountable_id,
    )
    decision = work.execute(VENUE, f"venue-{venue_id}", RegisterVenue(venue=venue))
    found = offerings.venue(work.connection, venue_id)
    assert found is not None
    return Reply(found, decision.version, created=decision.version == 1 and bool(decision.events))


def propose_offering(work: UnitOfWork, request: said.ProposeOffering, call: Call) -> Reply:
    term = access.term(work.connection, request.term_id, work.partition)
    terms = terms_of(request, request.service_kind)
    offering_id = new_id()
    command = commands.ProposeOffering(
        offering_id=offering_id,
        school_id=work.partition,
        term_id=term["term_id"],
        terms=terms,
        setting=checked_setting(work, terms, term["term_id"], request.taught_by, call),
        taught_by=request.taught_by,
    )
    return execute(work, offering_id, command, created=True)


def return_offering(work: UnitOfWork, request: said.ReturnOffering, _call: Call) -> Reply:
    row = own(work, request)
    before = len(work.rows)
    reply = execute(work, row["offering_id"], commands.ReturnOffering())
    if len(work.rows) > before:
        work.vault.put(subject(row["offering_id"]), reason=request.reason)
    return reply


def open_offering(work: UnitOfWork, request: said.OpenOffering, call: Call) -> Reply:
    row = own(work, request)
    if row["standing"] == "proposed":
        _check_teacher(work, row["teacher_id"], row["term_id"], call)
    demand, least = None, None
    if row["service_kind"] == "interest_activity":
        demand, least = _demand(work, row)
    command = commands.OpenOffering(
        plan_in_force=plans.in_force(work.connection, row["term_id"]) is not None,
        demand=demand,
        least=least,
        provider=offering_setting.provider_of(
            work.connection, work.partition, row["taught_by"], call.today
        ),
    )
    return execute(work, row["offering_id"], command)


def close_offering(work: UnitOfWork, request: said.CloseOffering, _call: Call) -> Reply:
    return execute(work, own(work, request)["offering_id"], commands.CloseOffering())


def list_venues(reading: Reading, request: said.ListVenues) -> dict[str, Any]:
    """A school's venues and equipment, with when offerings use them (P2-059)."""
    school = access.school(reading.connection, request.school_id, reading.call)
    taken: dict[str, list[dict[str, Any]]] = {}
    for term in schools.terms_of(reading.connection, school["school_id"]):
        if term["last_day"] < reading.call.today.isoformat():
            continue
        for slot in offerings.slots(reading.connection, term["term_id"]):
            entry = {
                "title": slot.title,
                "weekdays": list(slot.weekdays),
                "starts": slot.starts,
                "ends": slot.ends,
            }
            taken.setdefault(slot.venue_id, []).append(entry)
    return {
        "items": [
            {**each, "taken": taken.get(each["venue_id"], [])}
            for each in offerings.venues_of(reading.connection, school["school_id"])
        ]
    }


def list_offerings(reading: Reading, request: said.ListOfferings) -> dict[str, Any]:
    of_term(reading.connection, request, reading.call)
    found = offerings.of_term(reading.connection, request.term_id)
    if reading.call.principal.role == "guardian":
        found = [each for each in found if each["standing"] == "open"]
    return {"items": described(reading.vault, reading.connection, found, reading.call)}


def described(
    vault: Vault, connection: Connection, rows: list[dict[str, Any]], call: Call
) -> list[dict[str, Any]]:
    """Return offerings as people read them: teacher, venue, free places."""
    ids = [each["offering_id"] for each in rows]
    counts = places.counts(connection, ids)
    capacities = places.capacity_of(connection, ids)
    subjects = {each["teacher_id"]: names.staff_subject(each["teacher_id"]) for each in rows}
    called = names.read(vault, connection, subjects.values())
    left = providers.removed(connection, {each["school_id"] for each in rows})
    reasons = vault.session(connection).get_many([subject(each) for each in ids])
    items = []
    for row in rows:
        offering_id = row["offering_id"]
        mine = counts.get(offering_id, {})
        capacity = capacities.get(offering_id, row["capacity"])
        taken = mine.get("held", 0) + mine.get("offered", 0)
        venue = offerings.venue(connection, row["venue_id"])
        returned = row["standing"] == "returned" and call.principal.role != "guardian"
        items.append(
            {
                **{name: row[name] for name in SHOWN},
                "capacity": capacity,
                "part": "static" if is_static(row["content_kind"]) else "dynamic",
                "teacher_name": called.get(subjects[row["teacher_id"]]),
                "venue_name": venue["name"] if venue else "",
                "held": mine.get("held", 0),
                "waiting": mine.get("waiting", 0),
                "free": max(0, capacity - taken) if not mine.get("waiting") else 0,
                "is_free": row["content_kind"] == FREE,
                "provider_removed": (row["school_id"], row["taught_by"]) in left,
                "reason": reasons.get(subject(offering_id), {}).get("reason") if returned else None,
            }
        )
    return items


def subject(offering_id: str) -> str:
    """Return the vault's subject of an offering's free texts."""
    return f"offering-{offering_id}"


def of_offering(connection: Connection, request: Any, call: Call) -> str:
    """Return the partition of a command on an offering of a school in reach."""
    found = offerings.offering(connection, request.offering_id)
    if found is None or not access.reaches_school(connection, found["school_id"], call):
        raise errors.OfferingUnknown("not-yours")
    return str(found["school_id"])


def own(work: UnitOfWork, request: Any) -> dict[str, Any]:
    found = offerings.offering(work.connection, request.offering_id)
    assert found is not None
    return found


def terms_of(request: Any, service_kind: str) -> commands.Terms:
    return commands.Terms(
        title=request.title,
        service_kind=service_kind,
        content_kind=request.content_kind,
        subject=request.subject,
        teacher_id=request.teacher_id,
        venue_id=request.venue_id,
        capacity=request.capacity,
        grades=tuple(sorted(set(request.grades))),
        weekdays=tuple(sorted(set(request.weekdays))),
        starts=request.starts,
        ends=request.ends,
        curriculum_ref=request.curriculum_ref,
    )


def checked_setting(
    work: UnitOfWork, terms: commands.Terms, term_id: str, taught_by: str, call: Call
) -> commands.Setting:
    _check_teacher(work, terms.teacher_id, term_id, call)
    school = access.here(work)
    provider = offering_setting.provider_of(work.connection, work.partition, taught_by, call.today)
    return offering_setting.of(work.connection, school, terms, term_id, provider)


def _check_teacher(work: UnitOfWork, staff_id: str, term_id: str, call: Call) -> None:
    check_staff(work, [staff_id])
    check_fit(fitness_of(work.connection, staff_id, term_id, call.today))


def _demand(work: UnitOfWork, row: dict[str, Any]) -> tuple[int, int]:
    school = access.here(work)
    least = offering_setting.least_demand(work.connection, school)
    # Of several surveys the largest counts: the same families answered each.
    wishes = max(
        (
            sum(
                any(wish["service_kind"] == row["service_kind"] for wish in answer["wishes"])
                for answer in surveys.answers_of(work.connection, survey["survey_id"])
            )
            for survey in surveys.closed(work.connection, row["term_id"], "demand")
        ),
        default=0,
    )
    return wishes, least


def execute(
    work: UnitOfWork,
    offering_id: str,
    command: commands.OfferingCommand,
    *,
    created: bool = False,
) -> Reply:
    decision = work.execute(OFFERING, f"offering-{offering_id}", command)
    row = offerings.offering(work.connection, offering_id)
    assert row is not None
    body = {name: row[name] for name in SHOWN}
    body["part"] = "static" if is_static(row["content_kind"]) else "dynamic"
    return Reply(body, decision.version, created=created and bool(decision.events))


HANDLES: Handles = {
    said.REGISTER_VENUE: CommandHandler(register_venue, own_school),
    said.PROPOSE_OFFERING: CommandHandler(propose_offering, of_term),
    said.RETURN_OFFERING: CommandHandler(return_offering, of_offering),
    said.OPEN_OFFERING: CommandHandler(open_offering, of_offering),
    said.CLOSE_OFFERING: CommandHandler(close_offering, of_offering),
    said.LIST_VENUES: list_venues,
    said.LIST_OFFERINGS: list_offerings,
}
