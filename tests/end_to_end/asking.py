"""Operations by their names, sent over HTTP as the API's own table of routes says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tests.end_to_end.client import Client
from tests.integration.gateway.routes import ROUTES as DECLARED
from tests.integration.gateway.routes import is_post, path_of

ROUTES = {route.name: route for route in DECLARED}
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
        path = re.sub(r"\{(\w+)\}", lambda name: str(params[name[1]]), path_of(route))
        if is_post(route):
            return people[who].eventually(path, dict(body or {}), unless=ON_THEIR_WAY)
        return people[who].get(path, **(body or {}))

    return ask
