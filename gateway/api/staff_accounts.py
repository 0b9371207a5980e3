"""Accounts: a school office makes those of its own school, an operator any."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Annotated, Any

from flask import Response
from flask_smorest import Blueprint

from chassis.kernel.call import Call
from contracts.schemas import loader, schema_of
from contracts.shapes import Id, Length, OneOf, Page, Pattern, reply, request
from gateway.accounts import Account
from gateway.accounts.model import ROLES
from gateway.accounts.passwords import initial_password
from gateway.api import answers
from gateway.api.documentation import got, posted
from gateway.api.routing import add_view
from gateway.calls import call
from gateway.requests import arguments, invalid, json_object
from gateway.sessions import principal
from gateway.state import gateway

OFFICE_MAKES = ("guardian", "teacher", "gate_guard", "school_finance")
WITH_PERSON = ("guardian", "teacher")


@request
class SchoolAccount:
    """``person_id`` is the guardian or staff member who will log in."""

    username: Annotated[str, Pattern(r"[\w.@-]{3,64}\Z", "3 to 64 letters, digits, or . _ @ -")]
    role: Annotated[str, OneOf(OFFICE_MAKES)]
    person_id: Id | None = None
    class_ids: Annotated[tuple[Id, ...], Length(0, 100)] = ()


@request
class AnyAccount(SchoolAccount):
    """School roles need ``school_id``, a bureau's account ``district_id``."""

    role: Annotated[str, OneOf(ROLES)]
    school_id: Id | None = None
    district_id: Id | None = None


@reply
class AccountShown:
    """An account."""

    account_id: str
    username: str
    role: str
    person_id: str | None
    school_id: str | None
    district_id: str | None
    class_ids: tuple[str, ...]
    disabled: bool
    password_change_due: bool


@reply
class AccountMade(AccountShown):
    """``initial_password`` is told this once; null if the account was there before."""

    initial_password: str | None


@reply
class AccountsShown:
    """One page of accounts by user name; ``next`` goes into ``after``."""

    items: tuple[AccountShown, ...]
    next: str | None


def _of_school(school_id: str) -> Response:
    _require("school_office", school_id)
    page = loader(Page, as_text=True).load(arguments())
    found = gateway().accounts.of_school(school_id, after=page.after, limit=page.limit)
    full = len(found) == page.limit
    items = [_shown(account) for account in found]
    body = {"items": items, "next": found[-1].username if full else None}
    return answers.of_query({"status": "ok", "body": body})


def make_for_school(school_id: str, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Make an account as the school's office wants it; for the API and for its page.

    Raises:
        ValidationError: a field has the wrong shape.
        Refused: not a person or a class of this school, or not the caller's school.
    """
    _require("school_office", school_id)
    body = asdict(loader(SchoolAccount).load(wanted))
    _known(school_id, body)
    return _make({**body, "school_id": school_id, "district_id": None})


def _make_for_school(school_id: str) -> Response:
    return _made(make_for_school(school_id, json_object()))


def _make_any() -> Response:
    _require("operator")
    body = asdict(loader(AnyAccount).load(json_object()))
    place = {"bureau": "district_id", "operator": None}.get(body["role"], "school_id")
    if place and not body[place]:
        raise invalid({place: [f"Needed for the role {body['role']}."]})
    return _made(_make(body))


def _made(shown: Mapping[str, Any]) -> Response:
    return answers.of(shown, 201 if shown["initial_password"] else 200)


def _make(body: Mapping[str, Any]) -> dict[str, Any]:
    if body["role"] in WITH_PERSON and not body["person_id"]:
        raise invalid({"person_id": [f"Needed for the role {body['role']}."]})
    password = initial_password()
    account, new = gateway().accounts.create(**body, password=password, password_change_due=True)
    return {**_shown(account), "initial_password": password if new else None}


def _known(school_id: str, body: Mapping[str, Any]) -> None:
    # Without this, an office could open other schools' children to whom it likes.
    person, classes = body["person_id"], set(body["class_ids"])
    if person:
        found = call("enrollment", "get_names", {}, {"ids": [person]})["body"]["names"]
        if person not in found:
            raise invalid({"person_id": ["Not known in this school."]})
    if classes:
        items = call("enrollment", "list_classes", {"school_id": school_id}, {})["body"]["items"]
        if not classes <= {item["class_id"] for item in items}:
            raise invalid({"class_ids": ["Not classes of this school."]})


def _require(role: str, school_id: str | None = None) -> None:
    caller = Call(principal=principal(), now=gateway().clock.now())
    caller.require_role(role)
    if school_id is not None:
        caller.require_school(school_id)


def _shown(account: Account) -> dict[str, Any]:
    return {name: getattr(account, name) for name in (each.name for each in fields(AccountShown))}


def add_to(blueprint: Blueprint) -> None:
    """Add these routes."""
    doc = got(
        "List a school's accounts",
        arguments=schema_of(Page, as_text=True),
        reply=schema_of(AccountsShown),
    )
    add_view(blueprint, "GET", "/schools/{school_id}/accounts", "list_accounts", _of_school, doc)
    doc = posted(
        "Make an account of a school; repeating changes nothing",
        body=schema_of(SchoolAccount),
        reply=schema_of(AccountMade),
        keyed=False,
    )
    add_view(
        blueprint,
        "POST",
        "/schools/{school_id}/accounts",
        "create_school_account",
        _make_for_school,
        doc,
    )
    doc = posted(
        "Make any account; repeating changes nothing",
        body=schema_of(AnyAccount),
        reply=schema_of(AccountMade),
        keyed=False,
    )
    add_view(blueprint, "POST", "/accounts", "create_account", _make_any, doc)
