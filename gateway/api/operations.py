"""The demo clock, for whoever tries the product at night."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from flask import Response
from flask_smorest import Blueprint

from chassis.kernel.call import CHINA, Call
from chassis.kernel.errors import BusinessRuleViolation
from contracts.schemas import loader, schema_of
from contracts.shapes import Range, reply, request
from gateway.api import answers
from gateway.api.documentation import got, posted
from gateway.api.routing import add_view
from gateway.requests import arguments, json_object, nothing_but
from gateway.sessions import principal
from gateway.state import gateway

LATEST = datetime(2100, 1, 1, tzinfo=CHINA)
"""A clock near the end of the calendar could no longer tell the time."""


class NoDemoClock(BusinessRuleViolation):
    """Time is real here, as always in a cluster."""

    code = "ops.no-demo-clock"


@request
class MoveClock:
    """The instant to move forward to, with offset."""

    now: Annotated[datetime, Range(None, LATEST)]


@reply
class ClockShown:
    """What time it is here."""

    now: str
    demo: bool


def _move() -> Response:
    Call(principal=principal(), now=gateway().clock.now()).require_role("operator")
    clock = gateway().demo_clock
    if clock is None:
        raise NoDemoClock()
    clock.move_to(loader(MoveClock).load(json_object()).now)
    return answers.of(_shown())


def _show() -> Response:
    nothing_but((), arguments())
    return answers.of(_shown())


def _shown() -> dict[str, object]:
    return {"now": gateway().clock.now().isoformat(), "demo": gateway().demo_clock is not None}


def add_to(blueprint: Blueprint) -> None:
    """Add these routes."""
    doc = got("Show what time it is here", arguments=None, reply=schema_of(ClockShown))
    add_view(blueprint, "GET", "/ops/demo-clock", "show_clock", _show, doc)
    doc = posted(
        "Move the demo clock forward",
        body=schema_of(MoveClock),
        reply=schema_of(ClockShown),
        keyed=False,
    )
    add_view(blueprint, "POST", "/ops/demo-clock", "move_clock", _move, doc)
