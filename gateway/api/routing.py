"""Routes of the operations that the services declare, and what turns one into a documented view.

The gateway forwards a request as it came: one check, by the service that knows. So what an
operation declares is true documentation and costs nothing at run time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from flask import Response, request
from flask_smorest import Blueprint

from contracts.language import EVERY_SERVICE, SERVICES
from contracts.schemas import schema_of
from contracts.shapes import Operation
from gateway.api import answers, documentation
from gateway.calls import call, idempotency_key
from gateway.requests import arguments, json_object, nothing_but
from gateway.sessions import principal

View: TypeAlias = Callable[..., Response]


def each_service(operation: Operation) -> Iterator[tuple[str, Operation]]:
    """Yield an operation with its view's name; one that every service has, once for each."""
    if operation.service != EVERY_SERVICE:
        yield operation.name, operation
        return
    for service in SERVICES:
        path = operation.path.replace("{consumer}", service)
        summary = operation.summary.replace("{consumer}", service)
        own = replace(operation, service=service, path=path, summary=summary)
        yield f"{operation.name}_{service}", own


def add_route(blueprint: Blueprint, operation: Operation) -> None:
    """Add the route of an operation to ``blueprint``."""
    for name, own in each_service(operation):
        path = own.path.partition("{?")[0]
        if own.kind == "command" or own.posted:
            doc = documentation.command(own)
            add_view(blueprint, "POST", path, name, _command_view(own), doc)
        else:
            doc = documentation.query(own)
            add_view(blueprint, "GET", path, name, _query_view(own), doc)


def add_view(
    blueprint: Blueprint,
    method: str,
    path: str,
    name: str,
    view: View,
    doc: Mapping[str, Any],
    *,
    public: bool = False,
) -> None:
    """Add one view with its documentation; ``path`` has its parameters in braces.

    Unless ``public``, who is calling is asked before anything else about the request.
    """
    if public:
        doc = {**doc, "security": [{}]}

    def documented(**params: str) -> Response:
        if not public:
            principal()
        return view(**params)

    documented.__name__ = name
    decorated = blueprint.doc(operationId=name, **doc)(documented)
    rule = re.sub(r"\{(\w+)\}", r"<id:\1>", path)
    blueprint.add_url_rule(rule, name, decorated, methods=[method])


def _command_view(operation: Operation) -> View:
    options = operation.options
    takes_none = not schema_of(operation.request, without=operation.path_fields)().fields

    def view(**params: str) -> Response:
        if not operation.posted:
            idempotency_key()
        body = json_object()
        if takes_none:
            nothing_but((), body)
        chosen = _options(options) if request.query_string else {}
        reply = call(operation.service, operation.name, {**params, **chosen}, body)
        return answers.of_command(reply)

    return view


def _query_view(operation: Operation) -> View:
    options = operation.options
    takes_none = not schema_of(operation.request, without=operation.path_fields)().fields

    def view(**params: str) -> Response:
        asked = arguments()
        chosen = {name: asked.pop(name) for name in options if name in asked}
        if takes_none:
            nothing_but((), asked)
        reply = call(operation.service, operation.name, {**params, **chosen}, asked)
        return answers.of_query(reply)

    return view


def _options(names: tuple[str, ...]) -> dict[str, str]:
    asked = arguments()
    nothing_but(names, asked)
    return asked
