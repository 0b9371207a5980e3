"""Erasure of a person's data, on the grounds that the law knows; never to be undone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response
from flask_smorest import Blueprint

from chassis.kernel.call import Call
from contracts.operations.erasures import ERASE_PERSON, Erased, ErasePerson
from contracts.schemas import schema_of
from gateway import erasing
from gateway.api import answers
from gateway.api.documentation import posted
from gateway.api.routing import add_view
from gateway.calls import call, idempotency_key
from gateway.requests import json_object
from gateway.sessions import principal
from gateway.state import gateway

SHOWS = (ERASE_PERSON,)
PATH = ERASE_PERSON.path_fields


def _erase(person_id: str) -> Response:
    Call(principal=principal(), now=gateway().clock.now()).require_role("operator")
    key = idempotency_key()
    schema_of(ErasePerson, without=PATH)().load(body := json_object())

    def ask(
        service: str, operation: str, params: Mapping[str, Any], body: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        return dict(call(service, operation, params, body, key=key)["body"])

    return answers.of(erasing.erase(ask, gateway().accounts, person_id, body))


def add_to(blueprint: Blueprint) -> None:
    """Add these routes."""
    doc = posted(
        "Erase a person's data for ever",
        body=schema_of(ErasePerson, without=PATH),
        reply=schema_of(Erased),
    )
    add_view(blueprint, "POST", ERASE_PERSON.path, "erase_person", _erase, doc)
