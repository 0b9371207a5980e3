"""The pages people use: server-rendered, phone first, usable without JavaScript."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Response, request, url_for

from chassis.kernel.call import Principal
from gateway.pages import (
    application,
    bureau,
    bureau_policy,
    bureau_reviews,
    bureau_signs,
    choosing,
    class_term,
    classroom,
    document,
    errors,
    finance,
    gate,
    guardian,
    home,
    language,
    login,
    notices,
    objections,
    office,
    office_notices,
    office_opinions,
    office_placement,
    office_publicity,
    office_surveys,
    opinions,
    ops,
    placement,
    priorities,
    public,
    pupil_helpers,
    receivers,
    reporting,
    roster,
    staff_accounts,
    surveys,
    term_filing,
    term_offerings,
    term_people,
    term_places,
    term_plan,
    term_providers,
    term_records,
    term_sessions,
    term_staff,
    term_venues,
)
from gateway.pages.formats import FILTERS
from gateway.pages.frame import said_done
from gateway.problems import PAGE_RENDERER
from gateway.requests import MULTIPART_SLACK, UPLOAD_LIMIT, storable
from gateway.sessions import principal_or_none
from gateway.state import gateway

BLUEPRINTS: tuple[Blueprint, ...] = (
    language.bp,
    home.bp,
    public.bp,
    login.bp,
    guardian.bp,
    receivers.bp,
    application.bp,
    choosing.bp,
    placement.bp,
    objections.bp,
    notices.bp,
    surveys.bp,
    opinions.bp,
    reporting.bp,
    classroom.bp,
    class_term.bp,
    pupil_helpers.bp,
    gate.bp,
    bureau.bp,
    bureau_reviews.bp,
    bureau_signs.bp,
    bureau_policy.bp,
    office.bp,
    office_placement.bp,
    office_publicity.bp,
    priorities.bp,
    office_notices.bp,
    office_surveys.bp,
    office_opinions.bp,
    term_plan.bp,
    term_people.bp,
    term_records.bp,
    term_staff.bp,
    term_offerings.bp,
    term_venues.bp,
    term_providers.bp,
    term_sessions.bp,
    term_places.bp,
    term_filing.bp,
    roster.bp,
    document.bp,
    staff_accounts.bp,
    finance.bp,
    ops.bp,
)
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
