"""Tables of routes, and what turns a row into a documented view.

A row names the path, the service's operation, and the schemas that the service itself checks the
request against and answers with. The gateway forwards the body as it came: one check, by the one
who knows. So a row is true documentation and costs nothing at run time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from flask import Response, request
from flask_smorest import Blueprint
from marshmallow import Schema

from gateway.api import answers, documentation
from gateway.calls import call, idempotency_key
from gateway.requests import arguments, json_object, nothing_but
from gateway.sessions import principal

SchemaType: TypeAlias = type[Schema]


@dataclass(frozen=True, slots=True)
class Command:
    """``POST path`` runs ``operation``; the body has the shape ``body``, the answer ``reply``.

    ``options`` are arguments of the query string that travel beside the path's parameters.
    ``keyed``: an Idempotency-Key is required. ``named`` is the view's name where several services
    have the operation.
    """

    path: str
    service: str
    operation: str
    summary: str
    body: SchemaType | None
    reply: SchemaType
    options: tuple[str, ...] = ()
    keyed: bool = True
    named: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """``GET path`` asks ``operation``; ``arguments`` are the query string's.

    ``fixed`` are arguments that the path itself says.
    """

    path: str
    service: str
    operation: str
    summary: str
    arguments: SchemaType | None
    reply: SchemaType
    options: tuple[str, ...] = ()
    fixed: tuple[tuple[str, str], ...] = ()
    named: str = ""


Route: TypeAlias = Command | Query
View: TypeAlias = Callable[..., Response]


def add_routes(blueprint: Blueprint, routes: tuple[Route, ...]) -> None:
    """Add a table of routes to ``blueprint``."""
    for route in routes:
        match route:
            case Command():
                doc = documentation.command(
                    route.summary,
                    body=route.body,
                    reply=route.reply,
                    options=route.options,
                    keyed=route.keyed,
                )
                add_view(blueprint, "POST", route.path, _name(route), _command_view(route), doc)
            case Query():
                doc = documentation.query(
                    route.summary,
                    arguments=route.arguments,
                    reply=route.reply,
                    options=route.options,
                )
                add_view(blueprint, "GET", route.path, _name(route), _query_view(route), doc)


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


def _name(route: Route) -> str:
    if route.named:
        return route.named
    suffix = "".join(f"_{value}" for _, value in route.fixed) if isinstance(route, Query) else ""
    return f"{route.operation}{suffix}"


def _command_view(route: Command) -> View:
    def view(**params: str) -> Response:
        if route.keyed:
            idempotency_key()
        body = json_object()
        if route.body is None:
            nothing_but((), body)
        options = _options(route.options) if request.query_string else {}
        reply = call(route.service, route.operation, {**params, **options}, body)
        return answers.of_command(reply)

    return view


def _query_view(route: Query) -> View:
    def view(**params: str) -> Response:
        asked = arguments()
        options = {name: asked.pop(name) for name in route.options if name in asked}
        if route.arguments is None:
            nothing_but((), asked)
        everything = {**params, **options, **dict(route.fixed)}
        reply = call(route.service, route.operation, everything, asked)
        return answers.of_query(reply)

    return view


def _options(names: tuple[str, ...]) -> dict[str, str]:
    asked = arguments()
    nothing_but(names, asked)
    return asked
