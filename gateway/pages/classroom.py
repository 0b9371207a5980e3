"""`/class/<id>/today`: open the session, send the roll, see who is still here."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from gateway.pages.frame import (
    Form,
    Trouble,
    ask,
    done,
    everything,
    names_of,
    only_for,
    school,
    tell,
    viewer,
)
from gateway.pages.offerings_today import offerings_for, titled
from gateway.problems import Refused, refusal
from gateway.refusals import NothingThere
from gateway.state import gateway

bp = Blueprint("classroom", __name__, url_prefix="/class")
only_for(bp, "teacher", "school_office")

ROLL = ("present", "absent", "leave", "late")
GONE = ("handed_over", "left")


@bp.get("")
def classes() -> str:
    """Show one's classes, and what is offered today."""
    found = _classes()
    # An office has every class of the school: it opens a session on the class's own page.
    openable = found if viewer().role == "teacher" else []
    return render_template("class/list.html", classes=found, offerings=offerings_for(openable))


@bp.get("/<id:class_id>/today")
def today(class_id: str) -> str:
    """Show today's session of a class."""
    return _today(class_id, None)


@bp.post("/<id:class_id>/today/open")
def open_session(class_id: str) -> tuple[str, int] | Response:
    """Open today's session."""
    body = {"date": gateway().clock.now().date().isoformat(), "class_id": class_id}
    if not request.form.get("offering_id"):
        body["service_kind"] = request.form.get("service_kind", "")
    for name in ("offering_id", "starts", "ends"):
        if request.form.get(name):
            body[name] = request.form[name]
    try:
        opened = tell("attendance", "open_session", {"school_id": school()}, body)
    except Refused as refused:
        return _today(class_id, Trouble.of("open", refused)), refused.status
    return done("opened", "classroom.today", class_id=class_id, session=opened["session_id"])


@bp.post("/<id:class_id>/today/roll")
def take_roll(class_id: str) -> tuple[str, int] | Response:
    """Send the roll: everybody is present but the exceptions."""
    session_id = request.form.get("session_id", "")
    exceptions = [
        {"student_id": name.removeprefix("s-"), "status": status}
        for name, status in request.form.items()
        if name.startswith("s-") and status in ROLL[1:]
    ]
    try:
        tell("attendance", "take_roll", {"session_id": session_id}, {"exceptions": exceptions})
    except Refused as refused:
        return _today(class_id, Trouble.of("roll", refused)), refused.status
    return done("roll-sent", "classroom.today", class_id=class_id, session=session_id)


def _classes() -> list[dict[str, Any]]:
    found = ask("enrollment", "list_classes", {"school_id": school()})["items"]
    if viewer().role == "teacher":
        return [each for each in found if each["class_id"] in viewer().class_ids]
    return list(found)


def _today(class_id: str, trouble: Trouble | None) -> str:
    named = next((each for each in _classes() if each["class_id"] == class_id), None)
    if named is None:
        raise refusal(NothingThere("class"))
    found = ask("attendance", "list_sessions", {"school_id": school()})["items"]
    sessions = titled([each for each in found if each["class_id"] == class_id])
    shared: dict[str, Any] = {"class_": named, "sessions": sessions, "trouble": trouble}
    adding = "add" in request.args
    if not sessions or adding:
        return _to_open(shared, trouble)
    wanted = request.values.get("session") or request.values.get("session_id")
    chosen = next((s for s in sessions if s["session_id"] == wanted), sessions[-1])
    return _with_roster(class_id, chosen, shared, trouble)


def _to_open(shared: dict[str, Any], trouble: Trouble | None) -> str:
    date = gateway().clock.now().date().isoformat()
    calendar = ask(
        "attendance", "get_calendar", {"school_id": school()}, {"from": date, "to": date}
    )
    services = calendar["items"][0]["services"] if calendar["items"] else []
    taken = {each["service_kind"] for each in shared["sessions"] if not each["offering_id"]}
    return render_template(
        "class/open.html",
        day=calendar["items"][0] if calendar["items"] else None,
        open_services=[s for s in services if s["open"] and s["service_kind"] not in taken],
        closed_services=[s for s in services if not s["open"]],
        form=Form("open", trouble),
        offerings=offerings_for([shared["class_"]]),
        **shared,
    )


def _with_roster(
    class_id: str, chosen: dict[str, Any], shared: dict[str, Any], trouble: Trouble | None
) -> str:
    session = ask("attendance", "get_session", {"session_id": chosen["session_id"]})
    students = everything("enrollment", "list_students", {"school_id": school()}, class_id=class_id)
    names = {each["student_id"]: each["name"] for each in students}
    strangers = {each["student_id"] for each in session["roster"]} - names.keys()
    names |= {key: value["name"] for key, value in names_of(set(strangers)).items()}
    form = Form("roll", trouble)
    for each in session["roster"]:
        each["name"] = names.get(each["student_id"], "—")
        status = each["status"] if each["status"] in ROLL else "present"
        each["choice"] = form.typed(f"s-{each['student_id']}", status)
    editing = not session["roll_taken_at"] or "correct" in request.args or trouble is not None
    return render_template(
        "class/roll.html" if editing else "class/taken.html",
        session=session,
        kind=chosen["title"],
        roster=[each for each in session["roster"] if each["status"] not in GONE],
        gone=[each for each in session["roster"] if each["status"] in GONE],
        support=_support(class_id, names) if editing else [],
        form=form,
        **shared,
    )


def _support(class_id: str, names: dict[str, str]) -> list[dict[str, str]]:
    """Return what the staff must know to help pupils of the class, with the pupils' names."""
    found = ask("enrollment", "list_class_support", {"class_id": class_id})["items"]
    return [{**each, "name": names.get(each["student_id"], "—")} for each in found]
