"""Documents that leave the platform: the written application, the agreement, the roster."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from flask import Response
from flask_smorest import Blueprint

from contracts.enrollment.exports import EXPORT_ROSTER, Export
from contracts.schemas import schema_of
from gateway.api import answers, verdicts
from gateway.api.documentation import got, option
from gateway.api.routing import View, add_view
from gateway.calls import call
from gateway.documents.agreement import custody_agreement
from gateway.documents.form import application_form
from gateway.documents.notice import notice_letter
from gateway.requests import arguments, nothing_but

PDF = "application/pdf"
SHOWS = (EXPORT_ROSTER,)
Renderer: TypeAlias = Callable[[Mapping[str, Any]], bytes]

PRINTED: Mapping[str, tuple[str, Renderer]] = {
    "form": ("get_application_form", application_form),
    "agreement": ("get_agreement_record", custody_agreement),
}
"""Document → the query that answers its facts, and what prints them."""


def printed(document: str, facts: Mapping[str, Any]) -> Response:
    """Return a document as a PDF to keep."""
    _, render = PRINTED[document]
    name = f"{document}-{facts['application_id']}.pdf"
    return answers.of_file(render(facts), PDF, name)


def exported(export: Mapping[str, Any]) -> Response:
    """Return an exported file."""
    file = export["file"]
    content = base64.b64decode(file["content_base64"])
    return answers.of_file(content, file["media_type"], file["filename"])


def _print(document: str) -> View:
    operation, _ = PRINTED[document]

    def view(application_id: str) -> Response:
        nothing_but((), arguments())
        asked = {"application_id": application_id}
        return printed(document, call("enrollment", operation, asked, {})["body"])

    return view


def noticed(notice_id: str, asked: Callable[..., Mapping[str, Any]]) -> Response:
    """Return a notice as a letter; ``asked(operation, params)`` is how the caller asks."""
    notice = asked("get_notice", {"notice_id": notice_id})
    school = asked("get_school", {"school_id": notice["school_id"]})
    content = notice_letter({**notice, "school_name": school["name"]})
    return answers.of_file(content, PDF, f"notice-{notice_id}.pdf")


def _notice(notice_id: str) -> Response:
    nothing_but((), arguments())

    def asked(operation: str, params: Mapping[str, Any]) -> Mapping[str, Any]:
        return dict(call("enrollment", operation, params, {})["body"])

    return noticed(notice_id, asked)


def _export(school_id: str) -> Response:
    return exported(
        call("enrollment", "export_roster", {"school_id": school_id}, arguments())["body"]
    )


def add_to(blueprint: Blueprint) -> None:
    """Add these routes."""
    for document, summary in (
        ("form", "The written application to print and keep"),
        ("agreement", "The agreement and the record of its signature, to print and keep"),
    ):
        doc = _file(got(summary, arguments=None, reply=schema_of(Export)), PDF)
        path = f"/applications/{{application_id}}/{document}.pdf"
        add_view(blueprint, "GET", path, f"print_{document}", _print(document), doc)
    doc = _file(got("A notice as a letter", arguments=None, reply=schema_of(Export)), PDF)
    add_view(blueprint, "GET", "/notices/{notice_id}/letter.pdf", "print_notice", _notice, doc)
    doc = _file(got(EXPORT_ROSTER.summary, arguments=None, reply=schema_of(Export)), verdicts.XLSX)
    del doc["responses"]["304"]
    doc["parameters"] = [
        option("term_id"),
        option("masked", {"type": "boolean", "default": False}),
    ]
    add_view(blueprint, "GET", EXPORT_ROSTER.path, "export_roster", _export, doc)


def _file(doc: dict[str, Any], media_type: str) -> dict[str, Any]:
    schema = {"type": "string", "format": "binary"}
    doc["responses"]["200"]["content"] = {media_type: {"schema": schema}}
    return doc
