"""The pages people use: server-rendered, phone first, usable without JavaScript.

A module here with a blueprint ``bp`` is a page; texts of its own may stand beside it
(``gateway.texts``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

from flask import Blueprint, Flask, Response, request, url_for

from chassis.kernel.call import Principal
from gateway.pages import errors, language
from gateway.pages.formats import FILTERS
from gateway.pages.frame import said_done
from gateway.problems import PAGE_RENDERER
from gateway.requests import MULTIPART_SLACK, UPLOAD_LIMIT, storable
from gateway.sessions import principal_or_none
from gateway.state import gateway


def _blueprints() -> Iterator[Blueprint]:
    """Yield the ``bp`` of every module here that has one."""
    for found in walk_packages(__path__, f"{__name__}."):
        bp = getattr(import_module(found.name), "bp", None)
        if isinstance(bp, Blueprint):
            yield bp


BLUEPRINTS: tuple[Blueprint, ...] = tuple(_blueprints())
PAGES = frozenset(bp.name for bp in BLUEPRINTS)
STATIC = Path(__file__).parents[1] / "static"
ONE_YEAR = 365 * 24 * 3600


def install(app: Flask) -> None:
    """Add the pages to ``app``."""
    app.config[PAGE_RENDERER] = errors.page
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(FILTERS, said=language.said)
    app.jinja_env.globals.update(t=language.t, word=language.word, asset=asset)
    app.context_processor(_shared)
    app.url_value_preprocessor(_take_uploads)
    app.after_request(_keep_assets)
    app.before_request(_readable)
    for bp in BLUEPRINTS:
        app.register_blueprint(bp)


def asset(name: str) -> str:
    """Return the path of a static file, named after its content, so that caches never lie."""
    return url_for("static", filename=name, v=_digest(name))


@cache
def _digest(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]


def _keep_assets(response: Response) -> Response:
    # Named after its content it never changes; without the name a browser asks each time.
    if request.endpoint == "static" and request.args.get("v") and response.status_code == 200:
        response.headers["Cache-Control"] = f"public, max-age={ONE_YEAR}, immutable"
    return response


def _take_uploads(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    # Before anything reads the form, because the form of an upload is the file.
    if endpoint == "roster.upload":
        request.max_content_length = UPLOAD_LIMIT + MULTIPART_SLACK


def _readable() -> None:
    if request.method == "POST" and request.blueprint in PAGES:
        storable(request.form.to_dict())


def _shared() -> dict[str, Any]:
    return {
        "lang": language.language(),
        "viewer": principal_or_none(),
        "viewer_name": _name_of(principal_or_none()),
        "now": gateway().clock.now(),
        "demo_now": gateway().clock.now() if gateway().demo_clock else None,
        "said_done": said_done(),
        "here": request.full_path.rstrip("?") if request.method == "GET" else "/home",
    }


def _name_of(caller: Principal | None) -> str:
    account = gateway().accounts.get(caller.account_id) if caller else None
    return account.username if account else ""
