"""Reading requests: their identifier, their path, their JSON body, within limits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec
from flask import Flask, Response, g, request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.routing import BaseConverter
from werkzeug.wsgi import get_input_stream

from chassis.clock import new_id
from chassis.eventsourcing.application import InvalidFields
from gateway.problems import Refused, refusal
from gateway.refusals import MalformedJson, MediaTypeUnsupported, ObjectExpected, UriTooLong

JSON_LIMIT = 1024 * 1024
UPLOAD_LIMIT = 20 * 1024 * 1024
MULTIPART_SLACK = 64 * 1024
DRAIN_LIMIT = 64 * 1024 * 1024
MAX_DEPTH = 20
MAX_ARGUMENT = 1000
MAX_INTEGER = 2**53 - 1
"""Beyond this, JSON readers disagree about an integer's value (RFC 8259 §6)."""

REQUEST_ID = "X-Request-Id"
_REQUEST_ID_PATTERN = re.compile(r"[A-Za-z0-9._-]{1,64}")
_BOM = b"\xef\xbb\xbf"
_decode = msgspec.json.Decoder().decode


class IdConverter(BaseConverter):
    """An opaque id in a path; anything else is no such path."""

    regex = r"[^/\x00-\x20\x7f:]{1,64}"


def install(app: Flask) -> None:
    """Prepare ``app`` to read requests."""
    app.config["MAX_CONTENT_LENGTH"] = JSON_LIMIT
    app.url_map.converters["id"] = IdConverter
    app.before_request(_identify)
    app.after_request(_finish)


def json_object() -> dict[str, Any]:
    """Return the request's JSON object; a request without a body is the empty one.

    Raises:
        Refused: not JSON, not an object, or with values that cannot be stored.
    """
    raw = request.get_data(cache=False)
    if not raw:
        return {}
    if len(raw) >= JSON_LIMIT:
        # A body without a length is cut there, not refused.
        raise RequestEntityTooLarge
    if not request.is_json:
        raise refusal(MediaTypeUnsupported("json"))
    try:
        value = _decode(raw.removeprefix(_BOM))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise refusal(MalformedJson()) from error
    if not isinstance(value, dict):
        raise refusal(ObjectExpected())
    return storable(value)


def arguments() -> dict[str, str]:
    """Return the query string's arguments, each name once."""
    return storable(request.args.to_dict())


def storable(fields: dict[str, Any]) -> dict[str, Any]:
    """Return ``fields`` if every value can be kept and read back as it is.

    Raises:
        Refused: NUL characters, integers beyond 2^53, nesting without end.
    """
    errors = {
        name.replace("\x00", "�")[:100]: [wrong]
        for name, value in fields.items()
        if (wrong := _wrong(name) or _wrong(value))
    }
    if errors:
        raise invalid(errors)
    return fields


def nothing_but(known: tuple[str, ...], fields: Mapping[str, Any]) -> None:
    """Refuse fields that nobody reads, so that a typing error never passes silently."""
    unknown = {name: ["Unknown field."] for name in fields if name not in known}
    if unknown:
        raise invalid(unknown)


def invalid(errors: Mapping[str, Any]) -> Refused:
    """Return the refusal for fields of the wrong shape."""
    return refusal(InvalidFields(), errors=errors)


def _wrong(value: object, depth: int = 0) -> str | None:
    if isinstance(value, str):
        return "NUL characters cannot be stored." if "\x00" in value else None
    if isinstance(value, int):
        return "Integers lie within ±(2^53 - 1)." if abs(value) > MAX_INTEGER else None
    if depth > MAX_DEPTH:
        return f"Nested deeper than {MAX_DEPTH} levels."
    if isinstance(value, list):
        return next((wrong for item in value if (wrong := _wrong(item, depth + 1))), None)
    if isinstance(value, dict):
        return _wrong([*value, *value.values()], depth)
    return None


def _identify() -> None:
    given = request.headers.get(REQUEST_ID, "")
    g.request_id = given if _REQUEST_ID_PATTERN.fullmatch(given) else new_id()
    if request.query_string and any(len(value) > MAX_ARGUMENT for value in request.args.values()):
        raise refusal(UriTooLong("argument"))


def _finish(response: Response) -> Response:
    response.headers[REQUEST_ID] = g.get("request_id", "")
    if response.status_code >= 400:
        _drain()
    return response


def _drain() -> None:
    # A server that answers before it has read the body makes many clients see a broken connection
    # instead of the answer; so an early refusal reads on, within reason.
    if request.environ.get("wsgi.input_terminated"):
        stream = request.environ["wsgi.input"]
    elif request.content_length and "stream" not in request.__dict__:
        stream = get_input_stream(request.environ)
    else:
        return
    left = DRAIN_LIMIT
    while left > 0 and (chunk := stream.read(min(left, 1 << 16))):
        left -= len(chunk)
