"""Who read a child's data, when, and what for."""

from __future__ import annotations

from dataclasses import fields

from flask import Response
from flask_smorest import Blueprint

from contracts.schemas import loader, schema_of
from contracts.shapes import Page, reply
from gateway.api import answers
from gateway.api.documentation import got
from gateway.api.routing import add_view
from gateway.calls import call
from gateway.requests import arguments
from gateway.state import gateway


@reply
class Reading:
    """The account's role is shown, its owner's name is not."""

    at: str
    account_id: str
    role: str
    operation: str
    purpose: str


@reply
class Readings:
    """Newest first; reading a class or school as a whole is not listed per child."""

    items: tuple[Reading, ...]
    next: str | None


def _of_student(student_id: str) -> Response:
    page = loader(Page, as_text=True).load(arguments())
    # Who may see the child may see who else did; the service that knows the child decides.
    call("enrollment", "get_student", {"student_id": student_id}, {})
    found = gateway().accounts.reads_of(student_id, after=page.after, limit=page.limit)
    items = [{name: row[name] for name in (each.name for each in fields(Reading))} for row in found]
    full = len(found) == page.limit
    body = {"items": items, "next": found[-1]["read_id"] if full else None}
    return answers.of_query({"status": "ok", "body": body})


def add_to(blueprint: Blueprint) -> None:
    """Add these routes."""
    doc = got(
        "List who read a child's data",
        arguments=schema_of(Page, as_text=True),
        reply=schema_of(Readings),
    )
    add_view(blueprint, "GET", "/students/{student_id}/reads", "list_reads", _of_student, doc)
