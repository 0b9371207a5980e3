"""Oversight views, built from the log alone, with their lag."""

from __future__ import annotations

from dataclasses import replace

from flask import Response
from flask_smorest import Blueprint

from contracts.audit.oversight import OVERSIGHT, VIEWS
from gateway.api import answers
from gateway.api.documentation import query
from gateway.api.routing import View, add_view
from gateway.calls import call
from gateway.requests import arguments

SHOWS = (OVERSIGHT,)


def _oversee(view: str) -> View:
    def shown() -> Response:
        return answers.of_query(call("audit", OVERSIGHT.name, {"view": view}, arguments()))

    return shown


def add_to(blueprint: Blueprint) -> None:
    """Add a route for each view."""
    for view, reply in VIEWS.items():
        summary = OVERSIGHT.summary.replace("{view}", view)
        doc = query(replace(OVERSIGHT, summary=summary, reply=reply))
        path = OVERSIGHT.path.replace("{view}", view)
        add_view(blueprint, "GET", path, f"{OVERSIGHT.name}_{view}", _oversee(view), doc)
