"""Logging in and out, and who one is."""

from __future__ import annotations

from typing import Annotated, Any

from flask import Response, request
from flask_smorest import Blueprint

from chassis.security import LIFETIME_SECONDS
from contracts.schemas import loader, schema_of
from contracts.shapes import Id, LeftOut, Length, Nothing, reply
from contracts.shapes import request as asked
from gateway.accounts import Account
from gateway.api import answers
from gateway.api.documentation import got, posted
from gateway.api.routing import add_view
from gateway.refusals import NothingThere
from gateway.requests import json_object, nothing_but
from gateway.sessions import COOKIE, csrf_token, log_in, principal, sign_out, token
from gateway.state import gateway

MIN_PASSWORD = 10
MAX_PASSWORD = 200


@asked
class Login:
    """What a person types."""

    username: Id
    password: Annotated[str, Length(1, MAX_PASSWORD)]


@reply
class Token:
    """Send it as ``Authorization: Bearer …``; ``expires_in``: seconds."""

    access_token: str
    token_type: str
    expires_in: int


@asked
class NewPassword:
    """The old one proves that it is not somebody else at an open screen."""

    password: Annotated[str, Length(1, MAX_PASSWORD)]
    new_password: Annotated[str, Length(10, MAX_PASSWORD)]


@reply
class Scopes:
    """What of the world this account sees; null: not limited by it, or not at all."""

    person_id: str | None
    school_id: str | None
    district_id: str | None
    class_ids: tuple[str, ...]


@reply
class Me:
    """``csrf_token`` only for a session cookie: send it as X-CSRF-Token."""

    account_id: str
    username: str | None
    role: str
    roles: tuple[str, ...]
    scopes: Scopes
    password_change_due: bool
    csrf_token: Annotated[str | None, LeftOut()] = None


def _token() -> Response:
    body = loader(Login).load(json_object())
    signed = log_in(body.username, body.password)
    return answers.of(
        {"access_token": signed, "token_type": "Bearer", "expires_in": LIFETIME_SECONDS}
    )


def _logout() -> Response:
    nothing_but((), json_object())
    principal()
    return sign_out(answers.of({}))


def _password() -> Response:
    body = loader(NewPassword).load(json_object())
    account = _own_account()
    log_in(account.username, body.password)
    gateway().accounts.set_password(account.username, body.new_password)
    return answers.of({})


def _me() -> Response:
    return answers.of_query({"status": "ok", "body": _about_me()})


def _about_me() -> dict[str, Any]:
    caller = principal()
    account = gateway().accounts.get(caller.account_id)
    about = {
        "account_id": caller.account_id,
        "username": account.username if account else None,
        "role": caller.role,
        "roles": [caller.role],
        "scopes": {
            "person_id": caller.person_id,
            "school_id": caller.school_id,
            "district_id": caller.district_id,
            "class_ids": list(caller.class_ids),
        },
        "password_change_due": bool(account and account.password_change_due),
    }
    if request.cookies.get(COOKIE) == token():
        about["csrf_token"] = csrf_token()
    return about


def _own_account() -> Account:
    account = gateway().accounts.get(principal().account_id)
    if account is None:
        raise NothingThere("account")
    return account


def add_to(blueprint: Blueprint) -> None:
    """Add these routes."""
    doc = posted("Log in", body=schema_of(Login), reply=schema_of(Token), keyed=False)
    add_view(blueprint, "POST", "/auth/token", "log_in", _token, doc, public=True)
    doc = posted(
        "Log out: the token is refused from now on",
        body=None,
        reply=schema_of(Nothing),
        keyed=False,
    )
    add_view(blueprint, "POST", "/auth/logout", "log_out", _logout, doc)
    doc = posted(
        "Change one's own password",
        body=schema_of(NewPassword),
        reply=schema_of(Nothing),
        keyed=False,
    )
    add_view(blueprint, "POST", "/auth/password", "change_password", _password, doc)
    doc = got("Show who one is: account, roles, scopes", arguments=None, reply=schema_of(Me))
    add_view(blueprint, "GET", "/me", "me", _me, doc)
