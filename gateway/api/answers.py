"""Successful answers: JSON with an ETag."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec
from flask import Response, request

from chassis.eventsourcing.application import WireReply

JSON = "application/json"

_encode = msgspec.json.Encoder().encode


def of_command(reply: WireReply) -> Response:
    """Return 201 if something was made, else 200, with the version as ETag."""
    status = 201 if reply.get("created") else 200
    response = Response(_encode(reply["body"]), status, content_type=JSON)
    if reply.get("version") is not None:
        response.headers["ETag"] = f'"{reply["version"]}"'
    return response


def of_query(reply: WireReply) -> Response:
    """Return 200 with an ETag of the content, or 304 to who has it already."""
    body = _encode(reply["body"])
    response = Response(body, 200, content_type=JSON)
    if reply.get("version") is not None:
        response.set_etag(str(reply["version"]))
    else:
        response.set_etag(hashlib.sha256(body).hexdigest()[:32], weak=True)
    response.make_conditional(request)
    return response


def of_file(content: bytes, media_type: str, filename: str) -> Response:
    """Return a file to keep, under its name."""
    response = Response(content, 200, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    response.set_etag(hashlib.sha256(content).hexdigest())
    response.make_conditional(request)
    return response


def of(body: Any, status: int = 200) -> Response:
    """Return ``body`` as JSON."""
    return Response(_encode(body), status, content_type=JSON)
