"""The event catalogue and the AsyncAPI document, made from the contracts: ``make events``.

    python -m hp3.catalogue          writes docs/events.md and gateway/docs/asyncapi.json

Both say what the schemas, the golden samples and the services' tables say; a test fails when they
are older than those.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin

from contracts import language
from contracts.schemas import schema_of
from contracts.shapes import said, service_of
from hp3.embedded import DEFINITIONS
from services.audit.views import ALL

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "contracts" / "samples"
CATALOGUE, ASYNCAPI = ROOT / "docs" / "events.md", ROOT / "gateway" / "docs" / "asyncapi.json"


def main() -> None:
    """Write both files."""
    CATALOGUE.write_text(catalogue(), encoding="utf-8")
    ASYNCAPI.write_text(asyncapi_text(), encoding="utf-8")


def catalogue() -> str:
    """Return docs/events.md."""
    lines = [
        "# Events",
        "",
        "Made by `make events` from the contracts; do not edit.",
        "The envelope around `data` is described in [architecture.md](architecture.md).",
        "The same for programs: [asyncapi.json](../gateway/docs/asyncapi.json), `/asyncapi.json`.",
        "A published event never loses or renames a field; a new version stands beside the old.",
        "",
    ]
    for service, events in (*language.EVENTS.items(), ("any service", language.SHARED)):
        lines += [f"## {service}", ""]
        for name, version in sorted(events):
            lines += _entry(service, name, version, events[name, version])
    return "\n".join(lines).rstrip() + "\n"


def asyncapi_text() -> str:
    """Return the text of asyncapi.json."""
    return json.dumps(asyncapi(), ensure_ascii=False, indent=1) + "\n"


def asyncapi() -> dict[str, Any]:
    """Return the AsyncAPI 3 document: a channel per service, a message per type and version."""
    schemas = _schemas()
    document: dict[str, Any] = {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Half Past Three 三点半: events",
            "version": "1.0.0",
            "description": (
                "One durable topic exchange per service. The routing key is "
                "`<slot>.<EventType>`, its slot a fixed hash of the partition modulo 64 "
                "(CRC-32): a school's events stay in order. The message id is the event id."
            ),
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": "application/json",
        "channels": {},
        "operations": {},
        "components": {"schemas": {"Envelope": _ENVELOPE, **schemas}, "messages": {}},
    }
    for service, events in language.EVENTS.items():
        _channel(document, service, {**events, **language.SHARED})
    return document


def listeners(service: str, name: str) -> list[str]:
    """Return who does something about a type: ``fees (facts)``, ``view custody`` …"""
    found = []
    for definition in DEFINITIONS:
        tables = {"facts": definition.keeps, "reacts": definition.reactions}
        for how, table in tables.items():
            if any((service_of(event), said(event).name) == (service, name) for event in table):
                found.append(f"{definition.name} ({how})")
    found += [f"view {view.NAME}" for view in ALL if service == view.SERVICE and name in view.TYPES]
    return found


def _entry(service: str, name: str, version: int, event: type) -> Iterator[str]:
    about = described(event)["it"]
    yield f"### {name} v{version}"
    yield ""
    yield (event.__doc__ or "").strip().partition("\n\n")[0].replace("\n", " ")
    yield ""
    heard = listeners(service, name)
    yield f"Heard by: {', '.join(heard) if heard else 'the audit copy'}."
    yield ""
    yield "| field | type | required |"
    yield "|---|---|---|"
    required = about.get("required", ())
    for field, kind in about["properties"].items():
        yield f"| `{field}` | {_kind(kind)} | {'yes' if field in required else 'no'} |"
    yield ""
    yield "```json"
    yield json.dumps(_sample(service, name, version), ensure_ascii=False, indent=2)
    yield "```"
    yield ""


def _channel(
    document: dict[str, Any], service: str, events: Mapping[tuple[str, int], type]
) -> None:
    messages = {}
    for name, version in sorted(events):
        message = f"{service}.{name}.v{version}"
        shared = (name, version) in language.SHARED
        data = f"{'operations' if shared else service}.{name}.v{version}"
        document["components"]["messages"][message] = _message(service, name, version, data)
        messages[f"{name}.v{version}"] = {"$ref": f"#/components/messages/{message}"}
    exchange = f"{service}.events"
    document["channels"][service] = {
        "address": exchange,
        "description": f"What {service} says.",
        "messages": messages,
        "bindings": {
            "amqp": {
                "is": "routingKey",
                "exchange": {
                    "name": exchange,
                    "type": "topic",
                    "durable": True,
                    "autoDelete": False,
                },
            }
        },
    }
    document["operations"][f"{service}.publishes"] = {
        "action": "send",
        "channel": {"$ref": f"#/channels/{service}"},
        "summary": f"{service} publishes its log, each school in order.",
    }


def _message(service: str, name: str, version: int, data: str) -> dict[str, Any]:
    return {
        "name": name,
        "title": f"{name} v{version}",
        "contentType": "application/json",
        "payload": {
            "allOf": [
                {"$ref": "#/components/schemas/Envelope"},
                {
                    "type": "object",
                    "properties": {
                        "service": {"const": service},
                        "type": {"const": name},
                        "schema_version": {"const": version},
                        "data": {"$ref": f"#/components/schemas/{data}"},
                    },
                },
            ]
        },
        "examples": [{"payload": _example(service, name, version)}],
    }


def _schemas() -> dict[str, Any]:
    spec = _spec()
    for service, events in (*language.EVENTS.items(), ("operations", language.SHARED)):
        for (name, version), event in events.items():
            spec.components.schema(f"{service}.{name}.v{version}", schema=schema_of(event))
    found: dict[str, Any] = spec.to_dict()["components"]["schemas"]
    return found


def described(event: type) -> dict[str, Any]:
    """Return the JSON schema of an event as ``it``, beside those that it refers to."""
    spec = _spec()
    spec.components.schema("it", schema=schema_of(event))
    found: dict[str, Any] = spec.to_dict()["components"]["schemas"]
    return found


def _spec() -> APISpec:
    plugin = MarshmallowPlugin(schema_name_resolver=lambda schema: _nested_name(schema))
    return APISpec("events", "1", "3.1.0", plugins=[plugin])


def _nested_name(schema: Any) -> str:
    return str(schema.said.name)


def _kind(about: Mapping[str, Any]) -> str:
    if "$ref" in about:
        return str(about["$ref"]).rpartition(".")[2]
    if "enum" in about:
        return " · ".join(f"`{each}`" for each in about["enum"] if each is not None)
    kinds = about.get("type", "any")
    told = " or ".join(kinds) if isinstance(kinds, list) else str(kinds)
    if "items" in about:
        told = f"array of {_kind(about['items'])}"
    return f"{told} ({about['format']})" if "format" in about else told


def _sample(service: str, name: str, version: int) -> Any:
    folder = "operations" if (name, version) in language.SHARED else service
    return json.loads((SAMPLES / folder / f"{name}.v{version}.json").read_text(encoding="utf-8"))


def _example(service: str, name: str, version: int) -> dict[str, Any]:
    return {
        "event_id": "01990000-0000-7000-8000-0000000000ff",
        "service": service,
        "partition": "school-1",
        "seq": 1,
        "stream_id": "stream-1",
        "stream_version": 1,
        "type": name,
        "schema_version": version,
        "occurred_at": "2026-09-01T15:30:00.000+08:00",
        "recorded_at": "2026-09-01T15:30:00.000+08:00",
        "actor": {"account_id": "account-1", "role": "teacher"},
        "correlation_id": "01990000-0000-7000-8000-0000000000fe",
        "causation_id": None,
        "policy": {"profile": "urban-district", "version": 1},
        "data": _sample(service, name, version),
    }


_TEXT = {"type": "string"}
_NUMBER = {"type": "integer", "minimum": 1}
_ENVELOPE: dict[str, Any] = {
    "type": "object",
    "description": "The fields around a fact: its place in the log, when, who, why.",
    "required": [
        "event_id",
        "service",
        "partition",
        "seq",
        "stream_id",
        "stream_version",
        "type",
        "schema_version",
        "occurred_at",
        "recorded_at",
        "actor",
        "correlation_id",
        "data",
    ],
    "properties": {
        "event_id": {"type": "string", "format": "uuid", "description": "UUIDv7"},
        "service": {**_TEXT, "description": "who says it"},
        "partition": {**_TEXT, "description": "the school, or the district"},
        "seq": {**_NUMBER, "description": "1, 2, 3 … within service and partition, no gaps"},
        "stream_id": {**_TEXT, "description": "the aggregate"},
        "stream_version": {**_NUMBER, "description": "1, 2, 3 … within the stream"},
        "type": _TEXT,
        "schema_version": _NUMBER,
        "occurred_at": {"type": "string", "format": "date-time"},
        "recorded_at": {"type": "string", "format": "date-time"},
        "actor": {
            "type": "object",
            "properties": {"account_id": _TEXT, "role": _TEXT},
            "required": ["account_id", "role"],
        },
        "correlation_id": {**_TEXT, "description": "the request"},
        "causation_id": {"type": ["string", "null"], "description": "the event behind it"},
        "policy": {
            "type": ["object", "null"],
            "properties": {"profile": _TEXT, "version": _NUMBER},
            "description": "under which it was decided",
        },
        "data": {"type": "object", "description": "the fact"},
    },
}


if __name__ == "__main__":
    main()
