"""An OpenAPI document as the lists that a page shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

METHODS = ("get", "post", "put", "patch", "delete")


def groups(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the operations by tag, in the order of the document."""
    found = {
        tag["name"]: {
            "name": tag["name"],
            "description": tag.get("description", ""),
            "operations": [],
        }
        for tag in document.get("tags", [])
    }
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                operation = _operation(path, method, item, document)
                found[item[method]["tags"][0]]["operations"].append(operation)
    return [group for group in found.values() if group["operations"]]


def schemas(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the named schemas with their fields."""
    named = document["components"].get("schemas", {})
    return [
        {"name": name, "fields": _fields(schema), "description": schema.get("description", "")}
        for name, schema in sorted(named.items())
    ]


def _operation(
    path: str, method: str, item: Mapping[str, Any], document: Mapping[str, Any]
) -> dict[str, Any]:
    operation = item[method]
    parameters = [
        _resolved(parameter, document)
        for parameter in (*item.get("parameters", []), *operation.get("parameters", []))
    ]
    return {
        "path": path,
        "method": method.upper(),
        "summary": operation.get("summary", ""),
        "id": operation["operationId"],
        "parameters": [{**p, "says": says(p.get("schema", {}))} for p in parameters],
        "body": _contents(operation.get("requestBody", {})),
        "replies": [
            {
                "status": status,
                "description": _resolved(reply, document).get("description", ""),
                "body": _contents(_resolved(reply, document)),
            }
            for status, reply in sorted(operation["responses"].items())
        ],
    }


def _resolved(value: Mapping[str, Any], document: Mapping[str, Any]) -> Mapping[str, Any]:
    reference = value.get("$ref")
    if not reference:
        return value
    found: Any = document
    for part in reference.removeprefix("#/").split("/"):
        found = found[part]
    resolved: Mapping[str, Any] = found
    return resolved


def _contents(holder: Mapping[str, Any]) -> list[dict[str, str]]:
    return [
        {"type": media, "says": says(content.get("schema", {}))}
        for media, content in holder.get("content", {}).items()
    ]


def _fields(schema: Mapping[str, Any]) -> list[dict[str, Any]]:
    required = set(schema.get("required", []))
    return [
        {
            "name": name,
            "required": name in required,
            "says": says(field),
            "description": field.get("description", ""),
        }
        for name, field in schema.get("properties", {}).items()
    ]


def says(schema: Mapping[str, Any]) -> str:
    """Return a schema in one line: its type, its values, its limits."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "enum" in schema:
        return " | ".join(str(value) for value in schema["enum"] if value is not None)
    choices = schema.get("anyOf") or schema.get("allOf") or schema.get("oneOf")
    if choices:
        return " | ".join(says(choice) for choice in choices)
    kind = schema.get("type", "any")
    name = " | ".join(kind) if isinstance(kind, list) else str(kind)
    if name.startswith("array"):
        return f"list of {says(schema.get('items', {}))}"
    extra = [str(schema["format"])] if "format" in schema else []
    extra += [
        f"{word} {schema[key]}"
        for key, word in (
            ("minimum", "≥"),
            ("maximum", "≤"),
            ("minLength", "length ≥"),
            ("maxLength", "length ≤"),
        )
        if key in schema
    ]
    return f"{name} ({', '.join(extra)})" if extra else name
