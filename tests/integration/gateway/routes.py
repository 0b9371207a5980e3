"""Every route of the API whose operation a service declares, as a client meets it."""

from __future__ import annotations

from contracts.language import features
from contracts.shapes import Operation
from gateway.api import BY_HAND
from gateway.api.routing import each_service

_SHOWN_BY_HAND = {shown for module in BY_HAND for shown in getattr(module, "SHOWS", ())}

ROUTES: list[Operation] = [
    own
    for _, declared in features()
    for operation in declared
    if operation.path and operation not in _SHOWN_BY_HAND
    for _, own in each_service(operation)
]


def is_post(route: Operation) -> bool:
    """Tell whether the API takes it as a POST."""
    return route.kind == "command" or route.posted


def path_of(route: Operation) -> str:
    """Return its path without what stands in the query string."""
    return route.path.partition("{?")[0]
