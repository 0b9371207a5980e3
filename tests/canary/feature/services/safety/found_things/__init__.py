"""Found things: reported by the school's people and listed for them."""

from __future__ import annotations

from sqlalchemy import Connection

from chassis.clock import new_id
from chassis.eventsourcing.handling import CommandHandler, Reading, Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.feature import Feature
from chassis.kernel.call import Call
from contracts.safety import found_things as said
from services.safety.found_things import domain, tables


def own_school(_connection: Connection, request: said.ReportThing, call: Call) -> str:
    """Return the partition: the caller's own school."""
    call.require_school(request.school_id)
    return request.school_id


def report_thing(work: UnitOfWork, request: said.ReportThing, call: Call) -> Reply[said.FoundThing]:
    """Keep a thing for its owner."""
    found = said.ThingFound(
        thing_id=new_id(),
        school_id=work.partition,
        kind=request.kind,
        found_on=request.found_on,
    )
    command = domain.Report(found=found, today=call.today)
    decision = work.execute(domain.THING, f"thing-{found.thing_id}", command)
    kept = said.FoundThing(
        thing_id=found.thing_id,
        school_id=found.school_id,
        kind=found.kind,
        found_on=found.found_on.isoformat(),
    )
    return Reply(kept, decision.version, created=True)


def list_things(reading: Reading, request: said.ListThings) -> said.FoundThings:
    """List what a school has found."""
    reading.call.require_school(request.school_id)
    found = tables.of_school(reading.connection, request.school_id)
    return said.FoundThings(items=tuple(said.FoundThing(**each._asdict()) for each in found))


FEATURE = Feature(
    handles={
        said.REPORT_THING: CommandHandler(report_thing, own_school),
        said.LIST_THINGS: list_things,
    },
    projects={said.ThingFound: [tables.found_things.project]},
)
