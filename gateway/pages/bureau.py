"""`/bureau`: the district at a glance, in four views built from the log alone."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template

from gateway.pages.frame import ask, only_for
from gateway.problems import Refused

bp = Blueprint("bureau", __name__, url_prefix="/bureau")
only_for(bp, "bureau")

ORDER = ("custody", "enrollment", "funds", "incidents")
"""What cannot wait comes first."""

TOTALS = {
    "enrollment": ("enrolled", "applied", "accepted", "rejected", "declined"),
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


@bp.get("")
def page() -> str:
    """Show the four views."""
    return render_template("bureau/bureau.html", views=[_view(name) for name in ORDER])


def _view(name: str) -> dict[str, Any]:
    """Return a view with the district's totals, or why it cannot be shown."""
    try:
        view = _whole(name)
    except Refused as refused:
        # One view that does not answer must not hide the other three.
        return {"view": name, "items": [], "refused": refused}
    view["total"] = {key: sum(item[key] for item in view["items"]) for key in TOTALS[name]}
    return view


def _whole(name: str) -> dict[str, Any]:
    view = ask("audit", "oversight", {"view": name})
    after = view.get("next")
    while after:
        more = ask("audit", "oversight", {"view": name}, {"after": after})
        view["items"] += more["items"]
        after = more.get("next")
    return view
