"""Who is calling: a bearer token, or a session cookie that holds the same signed token.

A browser sends its cookie along whoever made the page, so a request that changes something and is
known by its cookie must also carry the session's CSRF token: a keyed hash of the session, which
another site cannot read. A bearer token is never sent by a browser on its own and needs none.
"""

from __future__ import annotations

import hmac
from urllib.parse import urlsplit

from flask import Flask, Response, g, request

from chassis.kernel.call import Principal
from chassis.security import LIFETIME_SECONDS, NotAuthenticated, issue_token, principal_of
from gateway.accounts.throttle import TooManyAttempts
from gateway.problems import refusal
from gateway.refusals import Forged, LoggedOut
from gateway.state import gateway

COOKIE = "hp3_session"
CSRF_FIELD = "csrf_token"
CSRF_HEADER = "X-CSRF-Token"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
WITHOUT_SESSION = frozenset({"/api/v1/auth/token"})


def token() -> str:
    """Return the caller's token, or an empty string."""
    found: str | None = g.get("token")
    if found is None:
        found = g.token = _bearer() or request.cookies.get(COOKIE, "")
    return found


def principal() -> Principal:
    """Return who is calling.

    Raises:
        NotAuthenticated: nobody, or the login has expired or was ended.
    """
    found: Principal | None = g.get("principal")
    if found is None:
        found = principal_of(token(), gateway().token_key)
        if gateway().accounts.is_ended(found.account_id, token()):
            raise LoggedOut()
        g.principal = found
    return found


def principal_or_none() -> Principal | None:
    """Return who is calling, or None when nobody is logged in."""
    try:
        return principal()
    except NotAuthenticated:
        return None


def log_in(username: str, password: str) -> str:
    """Return a token for who knows the password; for the API and for the login page.

    Raises:
        WrongCredentials: user name and password do not belong together (401).
        Refused: they were wrong too often (429 with Retry-After).
    """
    try:
        account = gateway().accounts.login(username, password, request.remote_addr or "")
    except TooManyAttempts as error:
        headers = {"Retry-After": str(error.seconds)}
        raise refusal(error, headers=headers) from error
    return issue_token(account.principal, gateway().token_key)


def sign_in(response: Response, signed: str) -> Response:
    """Put a token into the session cookie of ``response``."""
    response.set_cookie(
        COOKIE,
        signed,
        max_age=LIFETIME_SECONDS,
        httponly=True,
        secure=request.is_secure,
        samesite="Lax",
    )
    return response


def sign_out(response: Response) -> Response:
    """End the caller's session: the cookie goes, and the token is refused from now on."""
    caller = principal_or_none()
    if caller is not None:
        gateway().accounts.end(token())
    response.delete_cookie(COOKIE, httponly=True, secure=request.is_secure, samesite="Lax")
    return response


def csrf_token() -> str:
    """Return the CSRF token of the caller's session; forms send it as ``csrf_token``."""
    session = request.cookies.get(COOKIE, "")
    if not session:
        return ""
    return hmac.digest(gateway().cookie_secret, f"csrf:{session}".encode(), "sha256").hex()


def install(app: Flask) -> None:
    """Check every state-changing request of ``app`` before it reaches its view."""
    app.before_request(_against_forgery)
    app.context_processor(lambda: {"csrf_token": csrf_token})


def _bearer() -> str:
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    return value.strip() if scheme.lower() == "bearer" else ""


def _against_forgery() -> None:
    if request.method in SAFE_METHODS or "Authorization" in request.headers:
        return
    if request.path in WITHOUT_SESSION:
        return
    if request.cookies.get(COOKIE):
        sent = request.headers.get(CSRF_HEADER) or request.form.get(CSRF_FIELD, "")
        if hmac.compare_digest(sent.encode(), csrf_token().encode()):
            return
    elif _same_site():
        return
    raise refusal(Forged(header=CSRF_HEADER))


def _same_site() -> bool:
    # Without a session there is nothing to forge but a login; a browser tells where it comes from.
    origin = request.headers.get("Origin")
    return not origin or urlsplit(origin).netloc == request.host
