"""Logging in and out, and who one is."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from chassis.kernel.errors import NotFound
from chassis.security import LIFETIME_SECONDS
from contracts.shapes import Nothing, Strict
from gateway.accounts import Account
from gateway.api import answers
from gateway.api.documentation import command, query
from gateway.api.routing import add_view
from gateway.requests import json_object, nothing_but
from gateway.sessions import COOKIE, csrf_token, log_in, principal, sign_out, token
from gateway.state import gateway

MIN_PASSWORD = 10
MAX_PASSWORD = 200


class Login(Strict):
    """What a person types."""

    username = fields.String(required=True, validate=validate.Length(min=1, max=64))
    password = fields.String(required=True, validate=validate.Length(min=1, max=MAX_PASSWORD))


class Token(Schema):
    """Send it as ``Authorization: Bearer …``."""

    access_token = fields.String(required=True)
    token_type = fields.String(required=True)
    expires_in = fields.Integer(required=True, metadata={"description": "seconds"})


class NewPassword(Strict):
    """The old one proves that it is not somebody else at an open screen."""

    password = fields.String(required=True, validate=validate.Length(min=1, max=MAX_PASSWORD))
    new_password = fields.String(
        required=True, validate=validate.Length(min=MIN_PASSWORD, max=MAX_PASSWORD)
    )


class Scopes(Schema):
    """What of the world this account sees; null: not limited by it, or not at all."""

    person_id = fields.String(required=True, allow_none=True)
    school_id = fields.String(required=True, allow_none=True)
    district_id = fields.String(required=True, allow_none=True)
    class_ids = fields.List(fields.String(), required=True)


class Me(Schema):
    """``csrf_token`` only for a session cookie: send it as X-CSRF-Token."""

    account_id = fields.String(required=True)
    username = fields.String(required=True, allow_none=True)
    role = fields.String(required=True)
    roles = fields.List(fields.String(), required=True)
    scopes = fields.Nested(Scopes, required=True)
    password_change_due = fields.Boolean(required=True)
    csrf_token = fields.String()


def _token() -> Response:
    body = Login().load(json_object())
    signed = log_in(body["username"], body["password"])
    return answers.of(
        {"access_token": signed, "token_type": "Bearer", "expires_in": LIFETIME_SECONDS}
    )


def _logout() -> Response:
    nothing_but((), json_object())
    principal()
    return sign_out(answers.of({}))


def _password() -> Response:
    body = NewPassword().load(json_object())
    account = _own_account()
    log_in(account.username, body["password"])
    gateway().accounts.set_password(account.username, body["new_password"])
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
        raise NotFound("没有这个账号。", "There is no such account.")
    return account


def add_to(blueprint: Blueprint) -> None:
    """Add these routes."""
    doc = command("Log in", body=Login, reply=Token, keyed=False)
    add_view(blueprint, "POST", "/auth/token", "log_in", _token, doc, public=True)
    doc = command(
        "Log out: the token is refused from now on", body=None, reply=Nothing, keyed=False
    )
    add_view(blueprint, "POST", "/auth/logout", "log_out", _logout, doc)
    doc = command("Change one's own password", body=NewPassword, reply=Nothing, keyed=False)
    add_view(blueprint, "POST", "/auth/password", "change_password", _password, doc)
    doc = query("Show who one is: account, roles, scopes", arguments=None, reply=Me)
    add_view(blueprint, "GET", "/me", "me", _me, doc)
