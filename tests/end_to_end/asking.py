"""Operations by their names, sent over HTTP as the API's own table of routes says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from gateway.api import GROUPS
from gateway.api.routing import Command
from tests.end_to_end.client import Client

ROUTES = {
    route.operation: route for group in GROUPS for route in reversed(getattr(group, "ROUTES", ()))
}
ON_THEIR_WAY = {
    "safety.school-unknown",
    "safety.staff-unknown",
    "safety.term-unknown",
    "enrollment.not-screened",
    "enrollment.statement-missing",
}
"""Refused while a fact of another service has not arrived yet."""


def asking(people: Mapping[str, Client]) -> Any:
    """Return what sends an operation as one of ``people`` (office, bureau, teacher, …)."""

    def ask(
        who: str,
        operation: str,
        params: Mapping[str, Any],
        body: Mapping[str, Any] | None = None,
        *,
        key: str = "",
    ) -> Any:
        route = ROUTES[operation]
        path = re.sub(r"\{(\w+)\}", lambda name: str(params[name[1]]), route.path)
        if isinstance(route, Command):
            return people[who].eventually(path, dict(body or {}), unless=ON_THEIR_WAY)
        return people[who].get(path, **(body or {}))

    return ask
