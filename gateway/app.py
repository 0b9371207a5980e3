"""The HTTP edge as one WSGI application, assembled from its parts."""

from __future__ import annotations

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from chassis.clock import Clock, DemoClock
from chassis.security import TokenKey
from gateway import api, docs, headers, health, metrics, pages, problems, requests, sessions
from gateway.accounts import Accounts
from gateway.clients import ServiceCaller
from gateway.state import EXTENSION, Gateway


def create_app(
    *,
    caller: ServiceCaller,
    accounts: Accounts,
    clock: Clock,
    token_key: TokenKey,
    cookie_secret: bytes,
    demo_clock: DemoClock | None = None,
    trusted_proxies: int = 0,
) -> Flask:
    """Return the gateway: JSON API, docs, pages, health and metrics.

    ``trusted_proxies`` is how many reverse proxies stand in front and set ``X-Forwarded-*``.
    """
    app = Flask("gateway")
    app.extensions[EXTENSION] = Gateway(
        caller, accounts, clock, token_key, cookie_secret, demo_clock
    )
    requests.install(app)
    problems.install(app)
    metrics.install(app)
    headers.install(app)
    sessions.install(app)
    health.install(app)
    api.install(app)
    docs.install(app)
    pages.install(app)
    if trusted_proxies:
        hops = trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app
