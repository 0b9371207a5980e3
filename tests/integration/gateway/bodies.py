"""Bodies that are likely to pass, made from the OpenAPI document."""

from __future__ import annotations

from typing import Any

from contracts.shapes import Operation
from tests.integration.gateway.routes import is_post, path_of

SENSIBLE = {"string": "x1", "integer": 1, "array": [], "object": {}, "boolean": True}
KNOWN = {
    "starts": "15:30",
    "ends": "17:00",
    "month": "2026-09",
    "from_month": "2026-09",
    "phone": "13800138000",
}
FORMATS = {"date": "2026-09-01", "date-time": "2026-09-01T15:30:00+08:00"}


def sensible(schema: dict[str, Any]) -> object:
    """Return a value that is likely to pass, so that the nonsense beside it is looked at."""
    if schema.get("enum"):
        return schema["enum"][0]
    if schema.get("format") in FORMATS:
        return FORMATS[schema["format"]]
    kind = schema.get("type", "string")
    return SENSIBLE.get(kind[0] if isinstance(kind, list) else kind, "x1")


def sensible_body(fields: dict[str, dict[str, Any]]) -> dict[str, object]:
    """Return a body that is likely to pass."""
    return {name: KNOWN.get(name) or sensible(schema) for name, schema in fields.items()}


def fields_of(spec: dict[str, Any], route: Operation) -> dict[str, dict[str, Any]]:
    operation = spec["paths"][f"/api/v1{path_of(route)}"]["post" if is_post(route) else "get"]
    if not is_post(route):
        asked = [p for p in operation.get("parameters", []) if p.get("in") == "query"]
        return {p["name"]: p["schema"] for p in asked}
    body = operation.get("requestBody")
    if body is None:
        return {}
    name = body["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    return dict(spec["components"]["schemas"][name]["properties"])
