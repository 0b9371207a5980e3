"""What the OpenAPI document says about an operation."""

from __future__ import annotations

import inspect
from typing import Any

from marshmallow import Schema, fields

from contracts.schemas import schema_of
from contracts.shapes import Nothing, Operation, Page
from gateway.problems import MEDIA_TYPE

JSON = "application/json"


class Problem(Schema):
    """RFC 9457 problem document: why not, and what to do."""

    type = fields.String(required=True, metadata={"description": "URI reference of the code"})
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True, metadata={"description": "says what to do"})
    code = fields.String(
        required=True, metadata={"description": "stable; branch on it", "example": "not-found"}
    )
    clauses = fields.List(
        fields.String(), required=True, metadata={"description": "clauses of the two plans"}
    )
    errors = fields.Dict(metadata={"description": "what is wrong, per field"})
    request_id = fields.String(required=True)


KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": True,
    "description": "A new value per new request, the same when repeating it: done once only.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 100},
}
IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "required": False,
    "description": "The ETag of an earlier answer; refused with 409 if there is a newer version.",
    "schema": {"type": "string"},
}
IF_NONE_MATCH = {
    "in": "header",
    "name": "If-None-Match",
    "required": False,
    "description": "The ETag of an earlier answer; 304 if nothing changed.",
    "schema": {"type": "string"},
}
ETAG = {"ETag": {"description": "The version.", "schema": {"type": "string"}}}


def command(operation: Operation) -> dict[str, Any]:
    """Return what is said about a command, or a query whose request is posted."""
    body = schema_of(operation.request, without=operation.path_fields)
    doc = posted(
        operation.summary,
        body=body if body().fields else None,
        reply=schema_of(operation.reply),
        options=operation.options,
        keyed=not operation.posted,
    )
    return {**doc, **_described(operation)}


def query(operation: Operation) -> dict[str, Any]:
    """Return what is said about a query."""
    asked = schema_of(operation.request, without=operation.path_fields, as_text=True)
    doc = got(
        operation.summary,
        arguments=asked if asked().fields else None,
        reply=schema_of(operation.reply),
        options=operation.options,
    )
    return {**doc, **_described(operation)}


def _described(operation: Operation) -> dict[str, str]:
    """Return what its request says of an operation, where it says anything."""
    said = inspect.getdoc(operation.request) if operation.request not in (Nothing, Page) else None
    return {"description": said} if said and said.strip() else {}


def posted(
    summary: str,
    *,
    body: type[Schema] | None,
    reply: type[Schema],
    options: tuple[str, ...] = (),
    keyed: bool = True,
) -> dict[str, Any]:
    """Return what is said about a POST."""
    headers = [KEY, IF_MATCH] if keyed else []
    doc: dict[str, Any] = {
        "summary": summary,
        "parameters": [*headers, *(option(name) for name in options)],
        "responses": {
            "200": ok("Done, or done before.", reply, headers=ETAG),
            "201": ok("Made.", reply, headers=ETAG),
            **refusals(),
        },
    }
    if body is not None:
        doc["requestBody"] = {"required": True, "content": {JSON: {"schema": body}}}
    return doc


def got(
    summary: str,
    *,
    arguments: type[Schema] | None,
    reply: type[Schema],
    options: tuple[str, ...] = (),
) -> dict[str, Any]:
    """Return what is said about a GET."""
    parameters: list[dict[str, Any]] = [option(name) for name in options]
    if arguments is not None:
        parameters.append({"in": "query", "schema": arguments})
    return {
        "summary": summary,
        "parameters": [*parameters, IF_NONE_MATCH],
        "responses": {
            "200": ok("The answer.", reply, headers=ETAG),
            "304": {"description": "Nothing changed."},
            **refusals(),
        },
    }


def option(name: str, schema: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return what is said about an optional argument of the query string."""
    return {"in": "query", "name": name, "required": False, "schema": schema or {"type": "string"}}


def ok(
    description: str, reply: type[Schema] | dict[str, Any], *, headers: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Return what is said about a JSON answer."""
    return {
        "description": description,
        "headers": headers or {},
        "content": {JSON: {"schema": reply}},
    }


def refusals() -> dict[str, Any]:
    """Return what is said about every refusal."""
    return {
        "default": {
            "description": "Refused; `code` says why and `detail` what to do.",
            "content": {MEDIA_TYPE: {"schema": Problem}},
        }
    }
