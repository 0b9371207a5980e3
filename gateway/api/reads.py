"""Who read a child's data, when, and what for."""

from __future__ import annotations

from flask import Response
from flask_smorest import Blueprint
from marshmallow import Schema, fields

from contracts.paging import Page
from gateway.api import answers
from gateway.api.documentation import query
from gateway.api.routing import add_view
from gateway.calls import call
from gateway.requests import arguments
from gateway.state import gateway


class Reading(Schema):
    """The account's role is shown, its owner's name is not."""

    at = fields.String(required=True)
    account_id = fields.String(required=True)
    role = fields.String(required=True)
    operation = fields.String(required=True)
    purpose = fields.String(required=True)


class Readings(Schema):
    """Newest first; reading a class or school as a whole is not listed per child."""

    items = fields.List(fields.Nested(Reading), required=True)
    next = fields.String(required=True, allow_none=True)


def _of_student(student_id: str) -> Response:
    page = Page().load(arguments())
    # Who may see the child may see who else did; the service that knows the child decides.
    call("enrollment", "get_student", {"student_id": student_id}, {})
    found = gateway().accounts.reads_of(student_id, after=page["after"], limit=page["limit"])
    items = [{name: row[name] for name in Reading._declared_fields} for row in found]
    full = len(found) == page["limit"]
    body = {"items": items, "next": found[-1]["read_id"] if full else None}
    return answers.of_query({"status": "ok", "body": body})


def add_to(blueprint: Blueprint) -> None:
    """Add these routes."""
    doc = query("List who read a child's data", arguments=Page, reply=Readings)
    add_view(blueprint, "GET", "/students/{student_id}/reads", "list_reads", _of_student, doc)
