"""The JSON API: routes of the declared operations, and views by hand for the rest."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from types import ModuleType
from typing import Any

from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Flask
from flask_smorest import Api, Blueprint

from contracts.language import features
from contracts.shapes import Said
from gateway.api import (
    auth,
    documents,
    erasures,
    events,
    imports,
    operations,
    oversight,
    reads,
    staff_accounts,
)
from gateway.api.routing import add_route

PREFIX = "/api/v1"
VERSION = "1.0.0"
BY_HAND = (
    auth,
    imports,
    documents,
    oversight,
    reads,
    staff_accounts,
    events,
    operations,
    erasures,
)
"""What is not JSON in, JSON out, or is the gateway's own; ``SHOWS``: the operations behind it."""

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
    for blueprint in _blueprints():
        api.register_blueprint(blueprint, url_prefix=PREFIX)


def _blueprints() -> Iterable[Blueprint]:
    """Return a blueprint for each feature of the language and each module by hand."""
    found: dict[str, Blueprint] = {}
    by_hand = {operation for module in BY_HAND for operation in getattr(module, "SHOWS", ())}
    for module, declared in features():
        for operation in declared:
            if operation.path and operation not in by_hand:
                add_route(_blueprint(found, module), operation)
    for module in BY_HAND:
        module.add_to(_blueprint(found, module))
    return found.values()


def _blueprint(found: dict[str, Blueprint], module: ModuleType) -> Blueprint:
    # A view by hand stands with the feature of the operation behind it.
    shows = getattr(module, "SHOWS", None)
    home = sys.modules[shows[0].request.__module__] if shows else module
    owner, _, feature = home.__name__.removesuffix(".api").rpartition(".")
    name = f"{owner.split('.')[-1 if owner.startswith('contracts') else 0]}/{feature}"
    if name not in found:
        description = (home.__doc__ or "").partition("\n")[0]
        found[name] = Blueprint(name.replace("_", "-"), __name__, description=description)
    return found[name]


def _schema_name(schema: Any) -> str:
    """Return the published name of a message's schema: ``attendance.HandOverRequest``."""
    cls = schema if isinstance(schema, type) else type(schema)
    mark = getattr(cls, "said", None)
    return mark.name if isinstance(mark, Said) else cls.__name__
