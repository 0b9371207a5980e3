"""What every response tells the browser: load nothing foreign, frame nothing, keep nothing."""

from __future__ import annotations

from flask import Flask, Response, request

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), microphone=()",
}

ONE_YEAR = 365 * 24 * 3600


def install(app: Flask) -> None:
    """Add the headers to every response of ``app``."""
    app.after_request(_protect)


def _protect(response: Response) -> Response:
    headers = response.headers
    headers.extend(ALWAYS)
    # Answers are about children; a shared phone must not keep them. Static files say otherwise.
    if request.endpoint not in ("static", "docs.static"):
        if "Cache-Control" not in headers:
            headers.add("Cache-Control", "no-store")
        headers.add("Vary", "Accept-Language, Cookie, Authorization")
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", f"max-age={ONE_YEAR}")
    return response
