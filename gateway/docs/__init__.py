"""Human documentation of the API, rendered here from the same OpenAPI document."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from string import Formatter
from typing import Any

import msgspec
from flask import Blueprint, Flask, Response, current_app, render_template, send_file
from markupsafe import Markup, escape

from gateway.docs import outline
from gateway.problems import KINDS

bp = Blueprint(
    "docs",
    __name__,
    template_folder="templates",
    static_folder="static",
    static_url_path="/docs/static",
)

ASYNCAPI = Path(__file__).parent / "asyncapi.json"
PROBLEMS = Path(__file__).parent / "problems.json"
"""What every code means, of the services too (made by ``make events``)."""


def install(app: Flask) -> None:
    """Add ``/docs`` to ``app``."""
    app.register_blueprint(bp)


@bp.app_template_filter("coded")
def coded(text: str) -> Markup:
    """Return ``text`` with what stands between backticks as code."""
    marked = re.sub(r"`+([^`]+)`+", r"<code>\1</code>", str(escape(text)))
    return Markup(marked)  # noqa: S704 (escaped above)


@bp.app_template_filter("spoken")
def spoken(sentence: str) -> Markup:
    """Return the words of a refusal with the names of its parameters where their values stand."""
    parts = Markup()
    for said, parameter, spec, _ in Formatter().parse(sentence):
        parts += said
        if parameter is not None and spec != "-":
            parts += Markup("<var>{}</var>").format(parameter)
    return parts


@bp.get("/docs")
def index() -> str:
    """Show every operation."""
    spec = current_app.extensions["flask-smorest"]["apis"][""]["ext_obj"].spec
    return render_template("docs/index.html", **_outlined(spec))


@bp.get("/asyncapi.json")
def asyncapi() -> Response:
    """Give the AsyncAPI document of the events (made by ``make events``)."""
    return send_file(ASYNCAPI, mimetype="application/json", max_age=3600)


@bp.get("/docs/problems")
def problems() -> str:
    """Say what a problem document is, and what each code means."""
    return render_template("docs/problems.html", kinds=KINDS, problems=_problems())


@cache
def _problems() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = msgspec.json.decode(PROBLEMS.read_bytes())
    return found


@lru_cache(maxsize=8)
def _outlined(spec: Any) -> dict[str, Any]:
    document = spec.to_dict()
    return {
        "info": document["info"],
        "groups": outline.groups(document),
        "schemas": outline.schemas(document),
    }
