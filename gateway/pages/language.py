"""The language of a page: Chinese, or what the person chose; the choice is kept in a cookie."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from flask import Blueprint, make_response, redirect, request
from werkzeug.wrappers import Response

from gateway import texts

COOKIE = "hp3_lang"
ONE_YEAR = 365 * 24 * 3600

bp = Blueprint("language", __name__)


def language() -> str:
    """Return ``zh`` or ``en``."""
    chosen = request.cookies.get(COOKIE, "")
    return chosen if chosen in texts.LANGUAGES else "zh"


def t(key: str, **values: object) -> str:
    """Return a text of the catalogue in the reader's language."""
    return texts.text(language(), key, **values)


def said(both: Mapping[str, str] | None) -> str:
    """Return the reader's half of a ``{"zh", "en"}`` text that a service wrote."""
    both = both or {}
    return both.get(language()) or both.get("zh") or ""


def word(group: str, value: object) -> str:
    """Return the word for a value of a vocabulary; a value without one stands for itself."""
    key = f"{group}.{value}"
    return t(key) if texts.has(key) else str(value)


def local_path(target: str, otherwise: str = "/") -> str:
    """Return ``target`` if it is a path of this site, so that no link leads a person elsewhere."""
    parts = urlsplit(target.replace("\\", "/"))
    if parts.scheme or parts.netloc or not target.startswith("/") or target.startswith("//"):
        return otherwise
    return target


@bp.get("/language")
def switch() -> Response:
    """Keep the chosen language and go back to where the person was."""
    response = make_response(redirect(local_path(request.args.get("next", "/")), 303))
    chosen = request.args.get("to", "")
    if chosen in texts.LANGUAGES:
        response.set_cookie(
            COOKIE,
            chosen,
            max_age=ONE_YEAR,
            samesite="Lax",
            httponly=True,
            secure=request.is_secure,
        )
    return response
