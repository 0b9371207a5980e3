"""Roster files: try first, then import; the verdict per row comes back as a file too."""

from __future__ import annotations

import base64
from typing import Annotated, Any
from urllib.parse import quote

from flask import Response, request
from flask_smorest import Blueprint
from marshmallow import EXCLUDE, Schema, fields
from werkzeug.datastructures import FileStorage

from chassis.eventsourcing.application import WireReply
from contracts.enrollment.imports import GET_IMPORT, GET_ROSTER_TEMPLATE, IMPORT_ROSTER, Import
from contracts.schemas import loader, schema_of
from contracts.shapes import OneOf, WireName
from contracts.shapes import request as asked
from gateway.api import answers, verdicts
from gateway.api.documentation import got, option, posted
from gateway.api.routing import add_view
from gateway.calls import call, idempotency_key
from gateway.problems import language, refusal
from gateway.refusals import BodyTooLarge, MediaTypeUnsupported, RosterMissing
from gateway.requests import MULTIPART_SLACK, UPLOAD_LIMIT, arguments, nothing_but

SHOWS = (IMPORT_ROSTER, GET_IMPORT, GET_ROSTER_TEMPLATE)
MULTIPART = "multipart/form-data"


@asked
class HowToImport:
    """``dry_run`` stores nothing; ``as`` asks for the verdicts as a file."""

    dry_run: bool = False
    format: Annotated[str, OneOf(("file", "csv", "xlsx", "json")), WireName("as")] | None = None


@asked
class HowToShow:
    """``as``: which kind of file."""

    format: Annotated[str, OneOf(("csv", "xlsx")), WireName("as")] = "csv"


class RosterUpload(Schema):
    """A OneRoster 1.2 CSV zip, an .xlsx or a CSV."""

    class Meta:
        unknown = EXCLUDE

    file = fields.Raw(required=True, metadata={"type": "string", "format": "binary"})


def _import(school_id: str) -> Response:
    how = loader(HowToImport, as_text=True).load(arguments())
    if not how.dry_run:
        idempotency_key()
    upload = _uploaded()
    content = upload.read()
    if len(content) > UPLOAD_LIMIT:
        raise _too_large()
    body = {
        "filename": (upload.filename or "roster")[-255:].replace("\x00", ""),
        "content_base64": base64.b64encode(content).decode(),
    }
    operation = "check_roster" if how.dry_run else "import_roster"
    reply = call("enrollment", operation, {"school_id": school_id}, body)
    return _as_wanted(reply, how.format)


def _uploaded() -> FileStorage:
    if request.mimetype != MULTIPART:
        raise refusal(MediaTypeUnsupported("upload"))
    request.max_content_length = UPLOAD_LIMIT + MULTIPART_SLACK
    upload = request.files.get("file")
    if upload is None:
        raise refusal(RosterMissing(), errors={"file": ["Missing data for required field."]})
    return upload


def _too_large() -> Exception:
    return refusal(BodyTooLarge("roster"))


def _as_wanted(reply: WireReply, wanted: str | None) -> Response:
    if wanted in (None, "file"):
        accepted = request.accept_mimetypes.best_match(
            ["application/json", verdicts.CSV, verdicts.XLSX], default="application/json"
        )
        kind = {verdicts.CSV: "csv", verdicts.XLSX: "xlsx"}.get(accepted or "", "")
        wanted = kind or ("csv" if wanted == "file" else "json")
    if wanted == "json":
        return answers.of_command(reply)
    return _file(reply["body"], wanted, 201 if reply.get("created") else 200)


def _verdicts(import_id: str) -> Response:
    wanted = loader(HowToShow, as_text=True).load(arguments()).format
    reply = call("enrollment", "get_import", {"import_id": import_id}, {})
    return _file(reply["body"], wanted, 200)


def _show(import_id: str) -> Response:
    nothing_but((), arguments())
    return answers.of_query(call("enrollment", "get_import", {"import_id": import_id}, {}))


def _template() -> Response:
    nothing_but((), arguments())
    file = call("enrollment", "get_roster_template", {}, {})["body"]["file"]
    response = Response(
        base64.b64decode(file["content_base64"]), 200, content_type=file["media_type"]
    )
    name = quote(file["filename"])
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response


def _file(body: dict[str, Any], kind: str, status: int) -> Response:
    content, content_type = verdicts.FILES[kind](body["rows"], language())
    response = Response(content, status, content_type=content_type)
    name = f"verdicts-{body.get('import_id') or 'dry-run'}.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def add_to(blueprint: Blueprint) -> None:
    """Add these routes."""
    doc = posted(IMPORT_ROSTER.summary, body=None, reply=schema_of(Import))
    doc["parameters"] = [
        *({**p, "required": False} for p in doc["parameters"] if p["name"] == "Idempotency-Key"),
        option("dry_run", {"type": "boolean", "default": False}),
        option("as", {"type": "string", "enum": ["json", "file", "csv", "xlsx"]}),
    ]
    doc["requestBody"] = {"required": True, "content": {MULTIPART: {"schema": RosterUpload}}}
    for status in ("200", "201"):
        doc["responses"][status]["content"].update(_FILE_CONTENT)
    add_view(blueprint, "POST", IMPORT_ROSTER.path, "import_roster", _import, doc)
    doc = got(GET_IMPORT.summary, arguments=None, reply=schema_of(Import))
    add_view(blueprint, "GET", GET_IMPORT.path, "get_import", _show, doc)
    doc = got("The verdict per row as a file", arguments=None, reply=schema_of(Import))
    doc["parameters"] = [option("as", {"type": "string", "enum": ["csv", "xlsx"]})]
    doc["responses"]["200"]["content"] = _FILE_CONTENT
    add_view(blueprint, "GET", "/imports/{import_id}/verdicts", "get_verdicts", _verdicts, doc)
    doc = got(GET_ROSTER_TEMPLATE.summary, arguments=None, reply=schema_of(Import))
    doc["responses"]["200"]["content"] = {verdicts.XLSX: _FILE_CONTENT[verdicts.XLSX]}
    add_view(blueprint, "GET", GET_ROSTER_TEMPLATE.path, "get_roster_template", _template, doc)


_FILE_CONTENT = {
    verdicts.CSV: {"schema": {"type": "string"}},
    verdicts.XLSX: {"schema": {"type": "string", "format": "binary"}},
}
