"""Every refusal and every failure as one kind of answer: RFC 9457 problem documents.

A refusal has the same shape wherever it was decided: the reply of a service. So the gateway's own
refusals are built like one, and one function turns any of them into an HTTP response.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from flask import Flask, Response, current_app, g, request
from marshmallow import ValidationError
from sqlalchemy import exc
from werkzeug.exceptions import HTTPException

from chassis.eventsourcing.application import WireReply, invalid, refused
from chassis.kernel.errors import BusinessRuleViolation, ConcurrencyConflict, Kind, NotYet
from gateway import refusals

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
PAGE_RENDERER = "HP3_PROBLEM_PAGE"

KINDS: Mapping[Kind, tuple[int, str, str]] = {
    "malformed": (400, "请求无法读懂", "Malformed request"),
    "unauthenticated": (401, "未登录", "Not authenticated"),
    "forbidden": (403, "没有权限", "Not permitted"),
    "unknown": (404, "没有找到", "Not found"),
    "method": (405, "不支持这种方法", "Method not allowed"),
    "conflict": (409, "与规则或现状冲突", "Conflict"),
    "too-large": (413, "内容太大", "Content too large"),
    "too-long": (414, "网址太长", "URI too long"),
    "unsupported": (415, "不支持的内容类型", "Unsupported media type"),
    "invalid": (422, "字段有误", "Invalid fields"),
    "too-many": (429, "次数太多", "Too many requests"),
    "internal": (500, "系统出错", "Internal error"),
    "unavailable": (503, "暂时不可用", "Temporarily unavailable"),
}
"""Kind of refusal → HTTP status and title."""

RETRY_AFTER_SECONDS = 2

_HTTP: Mapping[int, type[BusinessRuleViolation]] = {
    400: refusals.MalformedRequest,
    404: refusals.NoSuchPath,
    405: refusals.MethodNotAllowed,
    413: refusals.BodyTooLarge,
    414: refusals.UriTooLong,
    415: refusals.MediaTypeUnsupported,
}
"""HTTP status that the framework raises → refusal."""


class Refused(Exception):
    """The answer is no; ``reply`` says why, in the shape in which services refuse."""

    def __init__(self, reply: WireReply, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(reply.get("code", "refused"))
        self.reply = reply
        self.headers = dict(headers or {})

    @property
    def status(self) -> int:
        """The HTTP status."""
        return KINDS.get(self.reply.get("kind", ""), KINDS["conflict"])[0]

    @property
    def code(self) -> str:
        """The stable code that programs branch on."""
        return str(self.reply.get("code", "refused"))

    @property
    def detail(self) -> str:
        """What happened and what to do, in the caller's language."""
        texts = self.reply.get("detail") or {}
        return str(texts.get(language()) or texts.get("zh") or texts.get("en") or "")


def refusal(
    why: BusinessRuleViolation,
    *,
    errors: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Refused:
    """Return a refusal of the gateway's own, as if a service had replied it."""
    reply = refused(why)
    if errors:
        reply["errors"] = errors
    return Refused(reply, headers)


def language() -> str:
    """Return ``zh`` or ``en``: what the caller prefers, Chinese if they do not say."""
    chosen = request.accept_languages.best_match(["zh", "en"], default="zh")
    return chosen or "zh"


def problem(error: Refused) -> dict[str, Any]:
    """Return the members of the problem document of ``error``."""
    status, zh, en = KINDS.get(error.reply.get("kind", ""), KINDS["conflict"])
    members = {
        "type": f"/docs/problems#{error.code}",
        "title": en if language() == "en" else zh,
        "status": status,
        "detail": error.detail,
        "code": error.code,
        "clauses": list(error.reply.get("clauses") or ()),
        "request_id": g.get("request_id", ""),
    }
    if error.reply.get("errors"):
        members["errors"] = error.reply["errors"]
    return members


def respond(error: Refused) -> Response:
    """Return the HTTP response of ``error``: a page for people, a problem document for programs."""
    response = _page(error) or _document(error)
    if error.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    if error.status in (429, 503):
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    response.headers.update(error.headers)
    return response


def _document(error: Refused) -> Response:
    body = msgspec.json.encode(problem(error))
    response = Response(body, error.status, content_type=MEDIA_TYPE)
    response.headers["Content-Language"] = "en" if language() == "en" else "zh-CN"
    return response


def _page(error: Refused) -> Response | None:
    render: Callable[[Refused], Response] | None = current_app.config.get(PAGE_RENDERER)
    if render is None or not _for_a_person():
        return None
    try:
        response = render(error)
    except Exception:
        # A broken error page must not hide the error.
        log.exception("request %s: the error page failed", g.get("request_id", ""))
        return None
    response.status_code = error.status
    return response


def _for_a_person() -> bool:
    if request.path.startswith(("/api/", "/openapi.json", "/metrics", "/healthz", "/readyz")):
        return False
    wanted = request.accept_mimetypes.best_match(["application/json", MEDIA_TYPE, "text/html"])
    return wanted == "text/html"


def install(app: Flask) -> None:
    """Turn every exception of ``app`` into a problem document."""
    app.register_error_handler(Refused, respond)
    app.register_error_handler(BusinessRuleViolation, lambda e: respond(Refused(refused(e))))
    app.register_error_handler(ValidationError, lambda e: respond(Refused(invalid(e))))
    app.register_error_handler(ConcurrencyConflict, _busy)
    app.register_error_handler(NotYet, _busy)
    app.register_error_handler(exc.OperationalError, _database)
    app.register_error_handler(exc.TimeoutError, _database)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def _busy(_error: Exception) -> Response:
    return respond(refusal(refusals.Busy()))


def _database(error: Exception) -> Response:
    log.error("request %s: no database", g.get("request_id", ""), exc_info=error)
    return respond(refusal(refusals.DatabaseUnavailable()))


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:
        return Response(error.get_body(), status, error.get_headers())
    if status >= 500:
        return _unexpected(error)
    why = _HTTP.get(status, refusals.MalformedRequest)
    allow = dict(error.get_headers()).get("Allow")
    return respond(refusal(why(), headers={"Allow": allow} if allow else None))


def _unexpected(error: Exception) -> Response:
    log.error("request %s failed", g.get("request_id", ""), exc_info=error)
    return respond(refusal(refusals.InternalError()))
