"""`/gate`: one field for the code, who stands behind it, and the board of who is still here."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from contracts.attendance.handover import GUARD_REASONS
from gateway.pages.board import Board, board_of, whole_board_of
from gateway.pages.frame import Form, Trouble, ask, names_of, only_for, school, tell
from gateway.pages.language import said, t
from gateway.problems import Refused

bp = Blueprint("gate", __name__, url_prefix="/gate")
only_for(bp, "gate_guard", "teacher")

ASK_AGAIN = ("code-expired", "attendance.code-expired", "not-in-care", "attendance.not-in-care")
"""Refusals with an innocent way out: another code, a roll still to be sent. Amber, not red."""


@bp.get("")
def page() -> str:
    """Show the field and the board; with ``child``, the child a guard picked from the board."""
    picked, others = request.args.get("child", ""), ("gone", "refused")
    told = [picked, *(request.args.get(name, "") for name in others)]
    board = board_of(school(), request.args.get("class"), named=told)
    child = board.child(picked)
    light = _without_code(child) if child else None
    return _page(board, light, None)


@bp.get("/board")
def board_only() -> str:
    """Return the board, for a page that is open already."""
    return render_template("gate/_board.html", board=board_of(school(), request.args.get("class")))


@bp.post("/find")
def find_code() -> str | tuple[str, int]:
    """Say who stands behind a code; nothing changes yet."""
    code = "".join(re.findall(r"\d", request.form.get("code", "")))
    chosen = request.args.get("class")
    if not code:
        return _page(board_of(school(), chosen), None, Trouble.with_field("find", "code")), 422
    try:
        found = ask("attendance", "find_code", {"school_id": school()}, {"code": code})
    except Refused as refused:
        board = board_of(school(), chosen)
        return _page(board, None, Trouble.of("find", refused)), refused.status
    board = whole_board_of(school(), chosen)
    return _page(board, _light(found, code, board), None)


@bp.post("/hand-over")
def hand_over() -> tuple[str, int] | Response:
    """Hand the child over; the refusal, if it is one, is on record and shown in red."""
    child_id, code = request.form.get("student_id", ""), request.form.get("code", "")
    body = {"student_id": child_id, "receiver_id": request.form.get("receiver_id"), "code": code}
    chosen = request.args.get("class")
    if request.form.get("must_answer") and not request.form.get("answered"):
        board = whole_board_of(school(), chosen)
        found = ask("attendance", "find_code", {"school_id": school()}, {"code": code})
        trouble = Trouble.with_field("hand-over", "answered")
        return _page(board, _light(found, code, board), trouble), 422
    try:
        tell("attendance", "hand_over", {"school_id": school()}, body)
    except Refused as refused:
        board = board_of(school(), chosen, named=[child_id])
        return _page(board, _red(refused, board.child(child_id)), None), refused.status
    return redirect(_gate(gone=child_id), 303)


@bp.post("/refuse")
def refuse_child() -> tuple[str, int] | Response:
    """Put on record that the child was not handed over, and why."""
    child_id = request.form.get("student_id", "")
    body = {
        "student_id": child_id,
        "receiver_id": request.form.get("receiver_id") or None,
        "reason": request.form.get("reason", ""),
    }
    try:
        if not body["reason"]:
            return _refuse_again(child_id, Trouble.with_field("refuse", "reason"))
        tell("attendance", "refuse_pickup", {"school_id": school()}, body)
    except Refused as refused:
        return _refuse_again(child_id, Trouble.of("refuse", refused))
    return redirect(_gate(refused=child_id), 303)


def _gate(**what: Any) -> str:
    return url_for("gate.page", **what, **_same_class())


def _same_class() -> dict[str, Any]:
    return {"class": request.args["class"]} if request.args.get("class") else {}


def _page(board: Board, light: dict[str, Any] | None, trouble: Trouble | None) -> str:
    return render_template(
        "gate/gate.html",
        board=board,
        light=light,
        gone=board.child(request.args.get("gone", "")),
        refused=board.child(request.args.get("refused", "")),
        reasons=GUARD_REASONS,
        find=Form("find", trouble),
        hand=Form("hand-over", trouble),
        refuse=Form("refuse", trouble),
        trouble=trouble,
        same_class=_same_class(),
    )


def _refuse_again(child_id: str, trouble: Trouble) -> tuple[str, int]:
    board = board_of(school(), request.args.get("class"), named=[child_id])
    child = board.child(child_id)
    return _page(board, _without_code(child) if child else None, trouble), trouble.status


def _light(found: dict[str, Any], code: str, board: Board) -> dict[str, Any]:
    """Return what the guard sees for a code: green, amber with its question, or red with why."""
    child = board.child(found["student_id"] or "") or _stranger(found)
    receiver = {"receiver_id": found["receiver_id"], "relation": found["relation"]}
    receiver["name"] = found["receiver_name"] or _name_of(found["receiver_id"])
    light = {"child": child, "receiver": receiver, "code": code, "reason": said(found["detail"])}
    if found["ok"] and child and board.namesakes(child):
        return {**light, "state": "attention", "question": _which_class(child)}
    if found["ok"]:
        return {**light, "state": "fine"}
    return {**light, "state": "attention" if found["reason"] in ASK_AGAIN else "stop"}


def _name_of(person_id: str | None) -> str | None:
    return names_of({person_id}).get(person_id or "", {}).get("name")


def _which_class(child: dict[str, Any]) -> str:
    return t("gate.namesake", name=child["name"], class_name=child["class_name"])


def _stranger(found: dict[str, Any]) -> dict[str, Any] | None:
    """Return a child of this school who is not on today's board, if the code is of one."""
    if not found["student_id"]:
        return None
    named = names_of({found["student_id"]}).get(found["student_id"], {})
    return {
        "student_id": found["student_id"],
        "name": named.get("name", "—"),
        "class_name": named.get("class_name", ""),
        "status": "none",
    }


def _red(refused: Refused, child: dict[str, Any] | None) -> dict[str, Any]:
    # Nobody answered: not a verdict about the people at the gate, so amber, and the same key again.
    state = "attention" if refused.status == 503 else "stop"
    reason = said(refused.reply.get("detail"))
    return {"state": state, "child": child, "receiver": None, "code": "", "reason": reason}


def _without_code(child: dict[str, Any]) -> dict[str, Any]:
    gone = child["status"] == "handed_over"
    return {
        "state": "stop" if gone else "attention",
        "child": child,
        "receiver": None,
        "code": "",
        "reason": t("gate.gone" if gone else "gate.no-code"),
    }
