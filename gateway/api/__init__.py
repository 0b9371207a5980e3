"""The JSON API: one module per group of resources, each a table of routes."""

from __future__ import annotations

from typing import Any

from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Flask
from flask_smorest import Api, Blueprint
from marshmallow import Schema

from gateway.api import (
    auth,
    breaches,
    calendars,
    consumers,
    custody,
    documents,
    enrollments,
    erasures,
    events,
    fitness,
    imports,
    listening,
    money,
    offerings,
    operations,
    oversight,
    people,
    placements,
    places,
    plans,
    policies,
    proof,
    providers,
    reads,
    rebuilds,
    safety,
    schools,
    staff_accounts,
    voluntariness,
)

PREFIX = "/api/v1"
VERSION = "1.0.0"
GROUPS = (
    auth,
    policies,
    schools,
    people,
    imports,
    plans,
    offerings,
    enrollments,
    places,
    listening,
    documents,
    placements,
    money,
    calendars,
    custody,
    safety,
    fitness,
    providers,
    breaches,
    voluntariness,
    oversight,
    reads,
    staff_accounts,
    events,
    operations,
    consumers,
    rebuilds,
    proof,
    erasures,
)

SECURITY = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "The access_token of POST /auth/token.",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "hp3_session",
        "description": "The browser's session; what changes something also sends X-CSRF-Token.",
    },
}
DESCRIPTION = """\
Commands are POST and take an `Idempotency-Key`; 200 or 201 means stored. Queries are GET; lists are
paged by `limit` and `after` (the `next` of the page before). Refusals are RFC 9457 problem
documents whose `code` is stable and whose `detail` says what to do, in the language of
`Accept-Language` (Chinese if it says nothing). Money is integer fen, shares are basis points,
dates are `2026-09-01`, instants RFC 3339 with offset."""


class _Api(Api):  # type: ignore[misc]
    """flask-smorest's, but leaving errors to ``gateway.problems``."""

    def _register_error_handlers(self) -> None:
        pass


def install(app: Flask) -> None:
    """Add the API and ``/openapi.json`` to ``app``."""
    app.config.update(
        API_TITLE="Half Past Three 三点半",
        API_VERSION=VERSION,
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/",
        OPENAPI_JSON_PATH="openapi.json",
    )
    api = _Api(
        app,
        spec_kwargs={
            "marshmallow_plugin": MarshmallowPlugin(schema_name_resolver=_schema_name),
            "servers": [{"url": "/"}],
            "security": [{"bearer": []}, {"session": []}],
            "info": {"description": DESCRIPTION, "license": {"name": "Apache-2.0"}},
        },
    )
    for name, scheme in SECURITY.items():
        api.spec.components.security_scheme(name, scheme)
    for group in GROUPS:
        api.register_blueprint(_blueprint(group), url_prefix=PREFIX)


def _blueprint(group: Any) -> Blueprint:
    name = group.__name__.rpartition(".")[2].replace("_", "-")
    description = (group.__doc__ or "").partition("\n")[0]
    blueprint = Blueprint(name, group.__name__, description=description)
    group.add_to(blueprint)
    return blueprint


def _schema_name(schema: Any) -> str:
    """Return a name that is unique over all services: ``attendance.HandOverRequest``."""
    cls = schema if isinstance(schema, type) else type(schema)
    assert issubclass(cls, Schema)
    owner, _, module = cls.__module__.removeprefix("contracts.").partition(".")
    if not cls.__module__.startswith("contracts.") or not module:
        return cls.__name__
    return f"{owner}.{cls.__name__}{'Request' if module.endswith('requests') else ''}"
