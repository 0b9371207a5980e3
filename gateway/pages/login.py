"""`/login`, `/logout` and `/password`."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from chassis.eventsourcing.application import refused as refused_reply
from chassis.kernel.errors import BusinessRuleViolation
from chassis.security import principal_of
from gateway.api.auth import MAX_PASSWORD, MIN_PASSWORD
from gateway.pages.frame import Form, Trouble
from gateway.pages.home import demo_logins, own_page
from gateway.pages.language import local_path
from gateway.problems import Refused
from gateway.sessions import log_in, principal, principal_or_none, sign_in, sign_out
from gateway.state import gateway

bp = Blueprint("login", __name__)


@bp.get("/login")
def page() -> str | Response:
    """Show the form; who is logged in already goes on."""
    caller = principal_or_none()
    if caller is not None:
        return redirect(own_page(caller), 303)
    return _form(None)


@bp.post("/login")
def enter() -> tuple[str, int] | Response:
    """Open a session."""
    missing = next((n for n in ("username", "password") if not request.form.get(n)), None)
    if missing:
        return _form(Trouble.with_field("login", missing)), 422
    try:
        signed = _token(request.form["username"], request.form["password"])
    except Refused as refused:
        return _form(Trouble.of("login", refused)), refused.status
    caller = principal_of(signed, gateway().token_key)
    account = gateway().accounts.get(caller.account_id)
    if account is not None and account.password_change_due:
        target = url_for("login.password")
    else:
        target = local_path(request.form.get("next", ""), own_page(caller))
    return sign_in(make_response(redirect(target, 303)), signed)


@bp.post("/logout")
def leave() -> Response:
    """End the session."""
    return sign_out(make_response(redirect(url_for("home.page", done="logged-out"), 303)))


@bp.get("/password")
def password() -> str | Response:
    """Show the form for a new password."""
    if principal_or_none() is None:
        return redirect(url_for("login.page", next=url_for("login.password")), 303)
    return _password(None)


@bp.post("/password")
def change_password() -> tuple[str, int] | Response:
    """Change one's own password; the old one proves that it is not somebody else."""
    account = gateway().accounts.get(principal().account_id)
    fresh = request.form.get("new_password", "")
    if not MIN_PASSWORD <= len(fresh) <= MAX_PASSWORD:
        return _password(Trouble.with_field("password", "new_password")), 422
    try:
        _token(account.username if account else "", request.form.get("password", ""))
    except Refused as refused:
        return _password(Trouble.of("password", refused)), refused.status
    assert account is not None
    gateway().accounts.set_password(account.username, fresh)
    return redirect(f"{own_page(principal())}?done=password-changed", 303)


def _token(username: str, typed: str) -> str:
    try:
        return log_in(username, typed)
    except BusinessRuleViolation as violation:
        raise Refused(refused_reply(violation)) from violation


def _password(trouble: Trouble | None) -> str:
    return render_template("password.html", form=Form("password", trouble), trouble=trouble)


def _form(trouble: Trouble | None) -> str:
    values = request.form if request.method == "POST" else request.args
    return render_template(
        "login.html",
        form=Form("login", trouble),
        trouble=trouble,
        next=local_path(values.get("next", ""), ""),
        logins=demo_logins(),
    )
