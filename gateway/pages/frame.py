"""What every page shares: who may see it, how it asks a service, how a refused form comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from chassis.clock import new_id
from chassis.eventsourcing.application import refused as refused_reply
from chassis.kernel.call import Principal
from chassis.kernel.errors import BusinessRuleViolation
from chassis.security import NotAuthenticated
from chassis.vault import ERASED
from gateway import calls, texts
from gateway.pages.language import said, t
from gateway.problems import Refused, refusal
from gateway.refusals import PageOfAnotherRole
from gateway.sessions import principal, principal_or_none

KEY_FIELD = "request_key"


@dataclass(frozen=True)
class Trouble:
    """Why a form came back: what to do, beside which fields, and what had been typed.

    ``form`` tells the forms of a page apart. ``key`` is the form's idempotency key if the answer
    never came: sent again, it cannot be done twice.
    """

    form: str
    summary: str
    status: int
    fields: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    key: str | None = None

    @classmethod
    def of(cls, form: str, refused: Refused) -> Trouble:
        """Return the trouble that a refusal makes for the form just sent."""
        named = refused.reply.get("errors") or {}
        known = {name: _advice(name) for name in named if name in request.form}
        return cls(
            form=form,
            summary=said(refused.reply.get("detail")),
            status=refused.status,
            fields=known,
            typed=request.form.to_dict(),
            key=request.form.get(KEY_FIELD) if refused.status == 503 else None,
        )

    @classmethod
    def with_field(cls, form: str, name: str, advice: str = "") -> Trouble:
        """Return the trouble with one field that the page itself can see."""
        advice = advice or _advice(name)
        return cls(form, advice, 422, {name: advice}, request.form.to_dict())


def _advice(name: str) -> str:
    key = f"advice.{name}"
    return t(key) if texts.has(key) else t("advice")


class Form:
    """What a template asks about one form: typed values, errors, the idempotency key."""

    def __init__(self, name: str, trouble: Trouble | None = None) -> None:
        mine = trouble if trouble is not None and trouble.form == name else None
        self.name = name
        self.trouble = mine
        self.key = (mine.key if mine else None) or new_id()

    def typed(self, name: str, otherwise: str = "") -> str:
        """Return what had been typed into a field."""
        return self.trouble.typed.get(name, otherwise) if self.trouble else otherwise

    def error(self, name: str) -> str:
        """Return what to do about a field, or an empty string."""
        return self.trouble.fields.get(name, "") if self.trouble else ""


def ask(
    service: str,
    operation: str,
    params: Mapping[str, Any] | None = None,
    body: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return the answer to a query."""
    return dict(_call(service, operation, params, body, None)["body"])


def tell(
    service: str,
    operation: str,
    params: Mapping[str, Any] | None = None,
    body: Mapping[str, Any] | None = None,
    *,
    part: str = "",
) -> dict[str, Any]:
    """Send a command under the form's idempotency key and return the answer.

    A form that is several commands names each by its ``part``.

    Raises:
        Refused: also when nobody answered, so that a form always comes back with what was typed.
    """
    key = request.form.get(KEY_FIELD) or None
    if key and part:
        key = f"{key}-{part}"
    return dict(_call(service, operation, params, body, key)["body"])


def _call(
    service: str,
    operation: str,
    params: Mapping[str, Any] | None,
    body: Mapping[str, Any] | None,
    key: str | None,
) -> Mapping[str, Any]:
    try:
        return dict(_in_words(calls.call(service, operation, params, body, key=key)))
    except NotAuthenticated:
        raise
    except BusinessRuleViolation as violation:
        raise Refused(refused_reply(violation)) from violation


def _in_words(answer: Any) -> Any:
    """Return an answer with what is erased named in the reader's language."""
    if isinstance(answer, dict):
        return {name: _in_words(value) for name, value in answer.items()}
    if isinstance(answer, list):
        return [_in_words(value) for value in answer]
    return t("erased") if answer == ERASED else answer


def everything(service: str, operation: str, params: Mapping[str, Any], **body: Any) -> list[Any]:
    """Return all items of a paged query."""
    items: list[Any] = []
    after = None
    while True:
        page = ask(service, operation, params, {**body, "limit": 200, "after": after})
        items += page["items"]
        after = page.get("next")
        if not after:
            return items


def done(key: str, endpoint: str, anchor: str | None = None, **values: Any) -> Response:
    """Go on to a page that says what was done: a reload repeats nothing."""
    return redirect(url_for(endpoint, _anchor=anchor, done=key, **values), 303)


def said_done() -> str:
    """Return what the page before reports as done; only texts of the catalogue are repeated."""
    key = f"done.{request.args.get('done', '')}"
    return t(key) if texts.has(key) else ""


def viewer() -> Principal:
    """Return who looks at the page."""
    return principal()


def school() -> str:
    """Return the school of the person who looks at the page."""
    school_id = principal().school_id
    assert school_id is not None, "the roles of these pages belong to a school"
    return school_id


def only_for(bp: Blueprint, *roles: str) -> None:
    """Let only ``roles`` see the pages of ``bp``; who is not logged in does so and comes back."""

    @bp.before_request
    def _check() -> Response | None:
        caller = principal_or_none()
        if caller is None:
            back = request.full_path.rstrip("?") if request.method == "GET" else ""
            query = f"?{urlencode({'next': back})}" if back else ""
            return redirect(f"{url_for('login.page')}{query}", 303)
        if caller.role not in roles:
            raise refusal(PageOfAnotherRole())
        return None


def names_of(ids: set[str | None]) -> dict[str, dict[str, str]]:
    """Return ``{id: {"name", "class_name"?}}`` as far as the caller may know."""
    wanted = sorted(each for each in ids if each)
    found: dict[str, dict[str, str]] = {}
    for start in range(0, len(wanted), 500):
        batch = wanted[start : start + 500]
        found.update(ask("enrollment", "get_names", {}, {"ids": batch})["names"])
    return found
