"""`/office/terms/<id>/providers`: outside bodies that may teach: admitted, and removed."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from gateway.pages.formats import fen
from gateway.pages.frame import Form, Trouble, ask, done, only_for, school, tell
from gateway.pages.terms import first_empty, nothing_here, term_of, typed
from gateway.problems import Refused
from gateway.state import gateway

bp = Blueprint("term_providers", __name__, url_prefix="/office/terms/<id:term_id>/providers")
only_for(bp, "school_office")

ORDER = ("licence_ended", "leaving", "admitted", "removed")
"""What asks for something comes first."""

NEEDED = ("provider_name", "licence_no", "licence_valid_until")


@bp.get("")
def page(term_id: str) -> str:
    """Show the providers, those that left among them."""
    return render_template(
        "office/term/providers.html", term=term_of(term_id), providers=providers(), trouble=None
    )


@bp.get("/new")
def new(term_id: str) -> str:
    """Show the form to admit a provider."""
    return _form(term_id, None, None)


@bp.post("/new")
def admit(term_id: str) -> tuple[str, int] | Response:
    """Admit a provider."""
    return _admit(term_id, None)


@bp.get("/<id:provider_id>")
def provider(term_id: str, provider_id: str) -> str:
    """Show a provider: renew the admission, or remove it."""
    return _form(term_id, _provider(provider_id), None)


@bp.post("/<id:provider_id>")
def renew(term_id: str, provider_id: str) -> tuple[str, int] | Response:
    """Admit a provider again, or under a renewed licence."""
    return _admit(term_id, _provider(provider_id))


@bp.post("/<id:provider_id>/remove")
def remove(term_id: str, provider_id: str) -> tuple[str, int] | Response:
    """Remove a provider from a day on, with the reason."""
    found = _provider(provider_id)
    body = typed("effective_on", "reason")
    missing = first_empty(body)
    if missing:
        return _form(term_id, found, Trouble.with_field("removal", missing)), 422
    where = {"school_id": school(), "provider_id": provider_id}
    try:
        tell("safety", "remove_provider", where, body)
    except Refused as refused:
        return _form(term_id, found, Trouble.of("removal", refused)), refused.status
    return done("provider-removed", "term_providers.page", term_id=term_id)


def providers() -> list[dict[str, Any]]:
    """Return the school's providers."""
    found = ask("safety", "list_providers", {"school_id": school()})["items"]
    return sorted(found, key=lambda each: ORDER.index(each["standing"]))


def _admit(term_id: str, found: dict[str, Any] | None) -> tuple[str, int] | Response:
    said = typed(*NEEDED, "amount")
    price = fen(said["amount"])
    missing = first_empty({name: said[name] for name in NEEDED})
    missing = missing or ("amount" if said["amount"] and price is None else None)
    if missing:
        return _form(term_id, found, Trouble.with_field("provider", missing)), 422
    body = {
        "provider_id": found["provider_id"] if found else None,
        "name": said["provider_name"],
        "licence_no": said["licence_no"],
        "licence_valid_until": said["licence_valid_until"],
        "agreed_price_fen": price,
    }
    try:
        tell("safety", "admit_provider", {"school_id": school()}, body)
    except Refused as refused:
        return _form(term_id, found, Trouble.of("provider", refused)), refused.status
    return done("provider-admitted", "term_providers.page", term_id=term_id)


def _provider(provider_id: str) -> dict[str, Any]:
    for each in providers():
        if each["provider_id"] == provider_id:
            return each
    raise nothing_here()


def _form(term_id: str, found: dict[str, Any] | None, trouble: Trouble | None) -> str:
    price = found["agreed_price_fen"] if found else None
    return render_template(
        "office/term/provider.html",
        term=term_of(term_id),
        provider=found,
        price="" if price is None else f"{price / 100:.2f}",
        today=gateway().clock.now().date().isoformat(),
        form=Form("provider", trouble),
        removal=Form("removal", trouble),
        trouble=trouble,
    )
