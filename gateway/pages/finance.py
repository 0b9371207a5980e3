"""`/finance`: the month's charges, waivers, and one pupil's account."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from contracts.fees.charges import METHODS
from gateway.pages.formats import fen
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
)
from gateway.problems import Refused
from gateway.state import gateway

bp = Blueprint("finance", __name__, url_prefix="/finance")
only_for(bp, "school_finance")


@bp.get("")
def page() -> str:
    """Show the price, the month's run, and the waivers."""
    return _page(None)


@bp.post("/charges")
def run() -> str | tuple[str, int]:
    """Charge a month; a second run charges nobody twice, so its result can be shown at once."""
    body = {"month": request.form.get("month", "")}
    try:
        report = tell("fees", "run_charges", {"school_id": school()}, body)
    except Refused as refused:
        return _page(Trouble.of("charges", refused)), refused.status
    return _page(None, report)


@bp.post("/tariff")
def set_tariff() -> tuple[str, int] | Response:
    """Set the school's price from a month on."""
    amount = fen(request.form.get("amount", ""))
    if amount is None:
        return _page(Trouble.with_field("tariff", "amount")), 422
    body = {"amount_fen": amount, "effective_from": f"{request.form.get('from_month', '')}-01"}
    try:
        tell("fees", "set_tariff", {"school_id": school()}, body)
    except Refused as refused:
        return _page(Trouble.of("tariff", refused)), refused.status
    return done("tariff-set", "finance.page")


@bp.get("/classes/<id:class_id>")
def pupils(class_id: str) -> str:
    """Show a class's pupils, to open one's account."""
    students = everything("enrollment", "list_students", {"school_id": school()}, class_id=class_id)
    return render_template("finance/class.html", students=students)


@bp.get("/students/<id:student_id>")
def student(student_id: str) -> str:
    """Show a pupil's charges, payments and waivers."""
    return _student(student_id, None)


@bp.post("/students/<id:student_id>/waivers")
def waive(student_id: str) -> tuple[str, int] | Response:
    """Grant a waiver."""
    body: dict[str, Any] = {
        name: request.form.get(name, "").strip() for name in ("category", "evidence", "from_month")
    }
    missing = next((name for name, value in body.items() if not value), None)
    if missing:
        return _student(student_id, Trouble.with_field("waiver", missing)), 422
    body["to_month"] = request.form.get("to_month") or None
    try:
        tell("fees", "grant_waiver", {"student_id": student_id}, body)
    except Refused as refused:
        return _student(student_id, Trouble.of("waiver", refused)), refused.status
    return done("waiver-granted", "finance.student", student_id=student_id)


@bp.post("/students/<id:student_id>/payments")
def pay(student_id: str) -> tuple[str, int] | Response:
    """Record a payment."""
    amount = fen(request.form.get("amount", ""))
    if not amount:
        return _student(student_id, Trouble.with_field("payment", "amount")), 422
    body = {
        "month": request.form.get("month", ""),
        "amount_fen": amount,
        "method": request.form.get("method", ""),
    }
    try:
        tell("fees", "record_payment", {"student_id": student_id}, body)
    except Refused as refused:
        return _student(student_id, Trouble.of("payment", refused)), refused.status
    return done("payment-recorded", "finance.student", student_id=student_id)


def _page(trouble: Trouble | None, report: dict[str, Any] | None = None) -> str:
    here = {"school_id": school()}
    waivers = everything("fees", "list_waivers", here)
    left_out = report["refused"] if report else []
    names = names_of({each["student_id"] for each in [*waivers, *left_out]})
    return render_template(
        "finance/finance.html",
        tariff=ask("fees", "get_tariff", here),
        waivers=waivers,
        names=names,
        report=report,
        classes=ask("enrollment", "list_classes", here)["items"],
        this_month=f"{gateway().clock.now():%Y-%m}",
        charges=Form("charges", trouble),
        tariff_form=Form("tariff", trouble),
        trouble=trouble,
    )


def _student(student_id: str, trouble: Trouble | None) -> str:
    waivers = everything("fees", "list_waivers", {"school_id": school()})
    return render_template(
        "finance/student.html",
        student=ask("enrollment", "get_student", {"student_id": student_id}),
        charges=ask("fees", "list_charges", {"student_id": student_id})["items"],
        refunds=ask("fees", "list_refunds", {"student_id": student_id})["items"],
        waivers=[each for each in waivers if each["student_id"] == student_id],
        methods=METHODS,
        categories=_waiver_categories(),
        this_month=f"{gateway().clock.now():%Y-%m}",
        waiver=Form("waiver", trouble),
        payment=Form("payment", trouble),
        trouble=trouble,
    )


def _waiver_categories() -> list[str]:
    """Return the categories whose share the district's policy sets; only these can be granted."""
    here = ask("enrollment", "get_school", {"school_id": school()})
    where = {"profile": here["profile"], "district_id": here["district_id"]}
    return sorted(ask("enrollment", "get_policy", where)["parameters"].get("waiver_ratio_bp") or {})
