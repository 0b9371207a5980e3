"""Things that were found at a school and wait for their owner."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from contracts.shapes import Id, OneOf, command, event, query, reply, request

THINGS = ("bottle", "clothing", "umbrella", "other")


@event
class ThingFound:
    """Somebody of the school found a thing and keeps it."""

    thing_id: Id
    school_id: Id
    kind: Annotated[str, OneOf(THINGS)]
    found_on: date


@request
class ReportThing:
    """What was found, and when."""

    school_id: Id
    kind: Annotated[str, OneOf(THINGS)]
    found_on: date


@request
class ListThings:
    school_id: Id


@reply
class FoundThing:
    thing_id: str
    school_id: str
    kind: str
    found_on: str


@reply
class FoundThings:
    """What waits for its owner, newest first."""

    items: tuple[FoundThing, ...]


REPORT_THING = command(
    "report_thing",
    "/schools/{school_id}/found-things",
    "Report that a thing was found",
    ReportThing,
    FoundThing,
    roles=("teacher", "school_office"),
)
LIST_THINGS = query(
    "list_things",
    "/schools/{school_id}/found-things",
    "List the things that were found",
    ListThings,
    FoundThings,
    roles=("teacher", "school_office"),
)
