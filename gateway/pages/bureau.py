"""`/bureau`: the district at a glance, in five views built from the log alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, render_template, request

from chassis.kernel.call import CHINA
from contracts.audit.oversight import EARLIEST, LATEST
from gateway.pages.frame import ask, only_for
from gateway.problems import Refused
from gateway.state import gateway

bp = Blueprint("bureau", __name__, url_prefix="/bureau")
only_for(bp, "bureau")

ORDER = ("custody", "plans", "enrollment", "funds", "incidents")
"""What cannot wait comes first."""

TOTALS = {
    "enrollment": ("enrolled", "applied", "accepted", "rejected", "declined", "withdrawn"),
    "plans": ("preparing", "waiting", "returned", "approved", "running", "unacknowledged"),
    "funds": ("standard_fen", "waived_fen", "charged_fen", "collected_fen", "open_fen"),
    "custody": (
        "present",
        "left_over",
        "checked_in",
        "handed_over",
        "absent",
        "refusals",
    ),
    "incidents": ("reported", "not_notified"),
}


STEPS = (timedelta(days=-1), timedelta(hours=-1), timedelta(hours=1), timedelta(days=1))
"""What a press of a button moves the instant by."""


@bp.get("")
def page() -> str:
    """Show the views, now or as they were at an instant (``?as_of=2026-09-01T16:00``)."""
    instant = _instant(request.args.get("as_of", ""))
    return render_template(
        "bureau/bureau.html",
        views=[_view(name, instant) for name in ORDER],
        instant=instant,
        typed=_typed(instant or gateway().clock.now()),
        steps=[(step, _typed(instant + step)) for step in STEPS] if instant else [],
    )


def _instant(typed: str) -> datetime | None:
    """Return what a date-time field says, in the schools' civil time; None if nothing."""
    try:
        at = datetime.fromisoformat(typed)
    except ValueError:
        return None
    if not EARLIEST.year <= at.year < LATEST.year:
        return None
    return at if at.tzinfo else at.replace(tzinfo=CHINA)


def _typed(instant: datetime) -> str:
    return instant.astimezone(CHINA).strftime("%Y-%m-%dT%H:%M")


def _view(name: str, instant: datetime | None) -> dict[str, Any]:
    """Return a view with the district's totals, or why it cannot be shown."""
    try:
        view = _whole(name, {"as_of": instant.isoformat()} if instant else {})
    except Refused as refused:
        # One view that does not answer must not hide the others.
        return {"view": name, "items": [], "refused": refused}
    view["total"] = {key: sum(item[key] for item in view["items"]) for key in TOTALS[name]}
    return view


def _whole(name: str, asked: dict[str, Any]) -> dict[str, Any]:
    view = ask("audit", "oversight", {"view": name}, asked)
    after = view.get("next")
    while after:
        more = ask("audit", "oversight", {"view": name}, {**asked, "after": after})
        view["items"] += more["items"]
        after = more.get("next")
    return view
