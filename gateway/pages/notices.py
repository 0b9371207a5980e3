"""`/me/notices`: what the schools of a guardian's children tell and ask, unread first."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from gateway.pages.frame import Form, Trouble, ask, everything, only_for, tell
from gateway.problems import Refused

bp = Blueprint("notices", __name__, url_prefix="/me/notices")
only_for(bp, "guardian")

SHOWN = 10
"""So many closed surveys are listed, the newest."""


@bp.get("")
def page() -> str:
    """List the notices and surveys of all schools of the children."""
    notices: list[dict[str, Any]] = []
    surveys: list[dict[str, Any]] = []
    for school_id, name in schools().items():
        here = {"school_id": school_id}
        found = everything("enrollment", "list_notices", here)
        notices += [{**each, "school_name": name} for each in found]
        surveys += ask("enrollment", "list_surveys", here)["items"]
    # Newest first, then unread first: the second sort keeps the order of the first.
    notices.sort(key=lambda each: each["published_at"], reverse=True)
    notices.sort(key=lambda each: bool(each["read"]))
    return render_template(
        "guardian/notices.html",
        notices=notices,
        surveys=[each for each in surveys if each["state"] == "open"],
        closed=_newest_closed(surveys),
        form=Form("read"),
    )


@bp.get("/<id:notice_id>")
def notice(notice_id: str) -> str:
    """Show one notice."""
    return _notice(notice_id, None)


@bp.post("/<id:notice_id>/read")
def read(notice_id: str) -> tuple[str, int] | Response:
    """Open a notice from the list: this leaves the receipt."""
    try:
        tell("enrollment", "read_notice", {"notice_id": notice_id})
    except Refused as refused:
        return _notice(notice_id, Trouble.of("read", refused)), refused.status
    return redirect(url_for("notices.notice", notice_id=notice_id), 303)


def schools() -> dict[str, str]:
    """Return the schools of the guardian's children by id, with their names."""
    children = ask("enrollment", "my_children")["items"]
    return {child["school_id"]: child["school_name"] for child in children}


def _newest_closed(surveys: list[dict[str, Any]]) -> list[dict[str, Any]]:
    closed = (each for each in surveys if each["state"] == "closed")
    return sorted(closed, key=lambda each: str(each["closed_at"]), reverse=True)[:SHOWN]


def _notice(notice_id: str, trouble: Trouble | None) -> str:
    found = ask("enrollment", "get_notice", {"notice_id": notice_id})
    form = Form("read", trouble)
    return render_template("guardian/notice.html", notice=found, form=form, trouble=trouble)
