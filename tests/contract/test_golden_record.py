"""The documents and the role matrix still say what the golden record has: more, never else."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from chassis.assembly import operations_of
from chassis.testing.world import TOKEN_KEY, FixedClock
from gateway.accounts import Accounts
from gateway.app import create_app
from hp3 import catalogue
from hp3.embedded import DEFINITIONS
from tests.component.gateway.world import NOW, FakeServices

GOLDEN = Path(__file__).parent / "golden"

PROSE = {"description", "tags", "examples"}
"""What may be said in other words, or be added to anything."""

NAMES = {
    "channels",
    "headers",
    "messages",
    "operations",
    "parameters",
    "paths",
    "properties",
    "responses",
    "schemas",
}
"""What maps names to things: a release may add some."""

METHODS = {"get", "post"}
REFERENCE = re.compile(r"#/components/schemas/([\w.-]+)")

CHANGES = {
    "openapi": {
        "components.schemas.attendance.FoundCode.required": (
            "`detail` was documented as optional and was always there"
        ),
        "components.schemas.enrollment.PlaceLine.required": "the same of `reason`",
        "components.schemas.enrollment.PlaceState.required": "the same of `reason`",
    },
    "asyncapi": {},
    "roles": {},
}
"""What the record has and today's documents say otherwise, each with its reason."""

RENAMED = {
    "attendance.events.RollException": "attendance.RollException",
    "enrollment.listening_events.QuestionAsked": "enrollment.QuestionAsked",
    "enrollment.listening_words.Wish": "enrollment.Wish",
}
"""What AsyncAPI calls a nested part: by its service now, since it is in another module."""


def recorded(name: str) -> str:
    return (GOLDEN / f"{name}.json").read_text(encoding="utf-8")


def golden(name: str) -> Any:
    """The record, with what was renamed under its new name."""
    text = recorded(name)
    for old, new in RENAMED.items():
        text = text.replace(f'{old}"', f'{new}"')
    return json.loads(text)


def broken(
    before: Any, now: Any, grows: frozenset[str] = frozenset(), path: tuple[str, ...] = ()
) -> Iterator[str]:
    """Where today's document changes or drops what the record has.

    ``grows``: the schemas that may say of more and more fields that they are always there.
    """
    key, where = path[-1] if path else "", ".".join(path)
    if isinstance(before, dict) and isinstance(now, dict):
        names = key in NAMES or bool(METHODS & before.keys())
        for name in sorted(before.keys() | now.keys()):
            if name in PROSE and key not in NAMES:
                continue
            if name in before and name in now:
                yield from broken(before[name], now[name], grows, (*path, name))
            elif name in before or not names:
                yield ".".join((*path, name))
    elif key == "parameters" and isinstance(before, list) and isinstance(now, list):
        known, told = _by_name(before), _by_name(now)
        yield from broken(known, told, grows, path)
        added = (told[name] for name in told.keys() - known.keys())
        yield from (f"{where}.{each['name']}" for each in added if each.get("required"))
    elif key == "required" and isinstance(before, list) and isinstance(now, list):
        if set(before) != set(now) and not (path[-2] in grows and set(before) < set(now)):
            yield where
    elif before != now:
        yield where


def answered(document: Mapping[str, Any]) -> frozenset[str]:
    """The schemas that no caller has to fill."""
    schemas = document["components"]["schemas"]
    bodies = [
        operation["requestBody"]
        for item in document["paths"].values()
        for name, operation in item.items()
        if name in METHODS and "requestBody" in operation
    ]
    asked: set[str] = set()
    while bodies:
        named = set(REFERENCE.findall(json.dumps(bodies.pop()))) - asked
        asked |= named
        bodies += [schemas[name] for name in named]
    return frozenset(schemas.keys() - asked)


def _by_name(parameters: list[Any]) -> dict[str, Any]:
    return {each.get("name") or each["$ref"]: each for each in parameters}


def unforeseen(name: str, before: Any, now: Any) -> list[str]:
    """The differences that no row of the table foresees."""
    grows = answered(before) if name == "openapi" else frozenset()
    return [where for where in broken(before, now, grows) if where not in CHANGES[name]]


@pytest.fixture(scope="module")
def today(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """What this release says."""
    accounts = Accounts.open(f"sqlite:///{tmp_path_factory.mktemp('golden') / 'gateway.sqlite'}")
    app = create_app(
        caller=FakeServices(),
        accounts=accounts,
        clock=FixedClock(NOW),
        token_key=TOKEN_KEY,
        cookie_secret=b"c" * 32,
    )
    openapi = app.test_client().get("/openapi.json").json
    accounts.close()
    roles = {
        f"{definition.name}.{operation.name}": {
            "kind": operation.kind,
            "roles": sorted(operation.roles),
        }
        for definition in DEFINITIONS
        for operation in operations_of(definition).values()
    }
    shown = {name: openapi[name] for name in ("paths", "components")}
    shown["components"] = {"schemas": shown["components"]["schemas"]}
    asyncapi = catalogue.asyncapi()
    events = {name: asyncapi[name] for name in ("channels", "operations", "components")}
    return {"openapi": shown, "asyncapi": events, "roles": roles}


@pytest.mark.parametrize("name", CHANGES)
def test_nothing_that_was_said_is_changed_or_dropped(name: str, today: Mapping[str, Any]):
    before, now = golden(name), today[name]
    if name == "roles":  # a new operation is no change of the matrix
        now = {operation: now.get(operation) for operation in before}

    assert unforeseen(name, before, now) == []


@pytest.mark.parametrize("name", CHANGES)
def test_every_row_of_the_table_is_a_difference(name: str, today: Mapping[str, Any]):
    assert set(CHANGES[name]) <= set(broken(golden(name), today[name]))
    assert all(f'{old}"' not in json.dumps(today[name]) for old in RENAMED)
    assert name != "asyncapi" or all(f'{old}"' in recorded(name) for old in RENAMED)


def altered(name: str, *path: str, to: Any) -> Any:
    """The record with one place set, or without it where ``to`` is None."""
    document = copy.deepcopy(golden(name))
    *way, last = path
    place = document
    for step in way:
        place = place[step]
    if to is None:
        del place[last]
    else:
        place[last] = to
    return document


SCHEMAS = ("components", "schemas")
ABOUT_A_BREACH = (*SCHEMAS, "safety.ReportBreach")
ABOUT_AN_ANSWER = (*SCHEMAS, "safety.BreachReport")
BREACHES = ("paths", "/api/v1/schools/{school_id}/breaches")


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ((*BREACHES,), None),
        ((*BREACHES, "get"), None),
        ((*BREACHES, "get", "operationId"), "list_reports"),
        ((*BREACHES, "get", "parameters"), []),
        ((*SCHEMAS, "safety.ReportBreach"), None),
        ((*ABOUT_A_BREACH, "properties", "narrative"), None),
        ((*ABOUT_A_BREACH, "properties", "narrative", "maxLength"), 10),
        ((*ABOUT_A_BREACH, "properties", "narrative", "pattern"), "x"),
        ((*ABOUT_A_BREACH, "required"), ["anonymous"]),
        ((*ABOUT_A_BREACH, "required"), ["anonymous", "kind", "narrative", "place"]),
        ((*SCHEMAS, "safety.Breach", "required"), ["kind"]),
    ],
)
def test_a_change_is_reported(path: tuple[str, ...], to: Any):
    assert unforeseen("openapi", golden("openapi"), altered("openapi", *path, to=to)) != []


@pytest.mark.parametrize(
    ("path", "to"),
    [
        (("paths", "/api/v1/new"), {"get": {}}),
        ((*BREACHES, "put"), {"operationId": "put_breach"}),
        ((*SCHEMAS, "safety.New"), {"type": "object"}),
        ((*ABOUT_A_BREACH, "properties", "place"), {"type": "string"}),
        ((*ABOUT_A_BREACH, "description"), "In other words."),
        ((*ABOUT_AN_ANSWER, "required"), ["breach_id", "place", "school_id"]),
    ],
)
def test_an_addition_is_not(path: tuple[str, ...], to: Any):
    assert unforeseen("openapi", golden("openapi"), altered("openapi", *path, to=to)) == []
