"""The demo clock, for whoever tries the product at night."""

from __future__ import annotations

from datetime import datetime

from flask import Response
from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from chassis.kernel.call import CHINA, Call
from chassis.kernel.errors import BusinessRuleViolation
from contracts.shapes import Strict
from gateway.api import answers
from gateway.api.documentation import command, query
from gateway.api.routing import add_view
from gateway.requests import arguments, json_object, nothing_but
from gateway.sessions import principal
from gateway.state import gateway

LATEST = datetime(2100, 1, 1, tzinfo=CHINA)
"""A clock near the end of the calendar could no longer tell the time."""


class NoDemoClock(BusinessRuleViolation):
    """Time is real here, as always in a cluster."""

    code = "ops.no-demo-clock"


class MoveClock(Strict):
    """The instant to move forward to, with offset."""

    now = fields.AwareDateTime(required=True, validate=validate.Range(max=LATEST))


class ClockShown(Schema):
    """What time it is here."""

    now = fields.String(required=True)
    demo = fields.Boolean(required=True)


def _move() -> Response:
    Call(principal=principal(), now=gateway().clock.now()).require_role("operator")
    clock = gateway().demo_clock
    if clock is None:
        raise NoDemoClock(
            "这里用的是真实时间，不能拨动。", "Time is real here and cannot be moved."
        )
    clock.move_to(MoveClock().load(json_object())["now"])
    return answers.of(_shown())


def _show() -> Response:
    nothing_but((), arguments())
    return answers.of(_shown())


def _shown() -> dict[str, object]:
    return {"now": gateway().clock.now().isoformat(), "demo": gateway().demo_clock is not None}


def add_to(blueprint: Blueprint) -> None:
    """Add these routes."""
    doc = query("Show what time it is here", arguments=None, reply=ClockShown)
    add_view(blueprint, "GET", "/ops/demo-clock", "show_clock", _show, doc)
    doc = command("Move the demo clock forward", body=MoveClock, reply=ClockShown, keyed=False)
    add_view(blueprint, "POST", "/ops/demo-clock", "move_clock", _move, doc)
