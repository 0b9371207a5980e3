"""`/`: what the service is, and the way to one's own page."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, redirect, render_template, url_for
from werkzeug.wrappers import Response

from chassis.kernel.call import Principal
from gateway.sessions import principal_or_none

bp = Blueprint("home", __name__)

OWN_PAGES = {
    "guardian": "guardian.page",
    "teacher": "classroom.classes",
    "gate_guard": "gate.page",
    "school_office": "office.page",
    "school_finance": "finance.page",
    "bureau": "bureau.page",
    "operator": "ops.page",
}


def own_page(caller: Principal) -> str:
    """Return the path of the page that a role works with."""
    if caller.role == "teacher" and len(caller.class_ids) == 1:
        return url_for("classroom.today", class_id=caller.class_ids[0])
    return url_for(OWN_PAGES.get(caller.role, "home.page"))


def demo_logins() -> list[dict[str, Any]]:
    """Return a login of each kind where a sample is loaded; nothing on a real installation."""
    kinds: dict[tuple[str, str], dict[str, Any]] = {}
    for login in current_app.config.get("DEMO_LOGINS") or ():
        kinds.setdefault((login["role"], login.get("state") or ""), login)
    return list(kinds.values())


@bp.get("/")
def page() -> str:
    """Show what this is, and the way on."""
    return render_template("home.html", logins=demo_logins())


@bp.get("/home")
def own() -> Response:
    """Go on to the page of one's role."""
    caller = principal_or_none()
    return redirect(own_page(caller) if caller else url_for("login.page"), 303)
