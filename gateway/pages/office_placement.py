"""`/office/places`: an enrolled pupil's place, and the pupil who moves to another school."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from gateway.pages.frame import Form, Trouble, ask, done, only_for, school, tell
from gateway.pages.placement import ACTIONS, SAID, send
from gateway.problems import Refused
from gateway.state import gateway

bp = Blueprint("office_placement", __name__, url_prefix="/office")
only_for(bp, "school_office")


@bp.get("/places/<id:application_id>")
def place(application_id: str) -> str:
    """Show an enrolled pupil's place and what can be done with it."""
    return _place(application_id, None)


@bp.post("/places/<id:application_id>/<any(withdraw, suspend, resume):action>")
def act(application_id: str, action: str) -> tuple[str, int] | Response:
    """Withdraw the pupil with a reason that the family reads, suspend, or resume."""
    trouble = send(application_id, action, also=("reason",) if action == "withdraw" else ())
    if trouble is not None:
        return _place(application_id, trouble), trouble.status
    return done(SAID[action], "office_placement.place", application_id=application_id)


@bp.get("/students/<id:student_id>/transfer")
def ask_transfer(student_id: str) -> str:
    """Show what a transfer means, and ask for the day and the new school."""
    return _transfer(student_id, None)


@bp.post("/students/<id:student_id>/transfer")
def transfer(student_id: str) -> tuple[str, int] | Response:
    """Take a pupil who moves to another school off the register."""
    day = request.form.get("effective_on", "")
    if not day:
        return _transfer(student_id, Trouble.with_field("transfer", "effective_on")), 422
    body = {"effective_on": day, "to_school_id": request.form.get("to_school_id") or None}
    try:
        tell("enrollment", "transfer_student", {"student_id": student_id}, body)
    except Refused as refused:
        return _transfer(student_id, Trouble.of("transfer", refused)), refused.status
    return done("transferred", "office_placement.ask_transfer", student_id=student_id)


def _place(application_id: str, trouble: Trouble | None) -> str:
    found = ask("enrollment", "get_application", {"application_id": application_id})
    terms = ask("enrollment", "list_terms", {"school_id": school()})["items"]
    return render_template(
        "office/place.html",
        place=found,
        term=next((each for each in terms if each["term_id"] == found["term_id"]), None),
        forms={action: Form(f"{action}-{application_id}", trouble) for action in ACTIONS},
        today=gateway().clock.now().date().isoformat(),
        trouble=trouble,
    )


def _transfer(student_id: str, trouble: Trouble | None) -> str:
    schools = ask("enrollment", "list_schools")["items"]
    return render_template(
        "office/transfer.html",
        student=ask("enrollment", "get_student", {"student_id": student_id}),
        schools=[each for each in schools if each["school_id"] != school()],
        form=Form("transfer", trouble),
        today=gateway().clock.now().date().isoformat(),
        trouble=trouble,
    )
