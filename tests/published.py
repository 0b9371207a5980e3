"""The schemas of what a service publishes, by type and version."""

from __future__ import annotations

from marshmallow import Schema

from contracts import language
from contracts.schemas import schema_of


def schemas(service: str) -> dict[tuple[str, int], Schema]:
    """Return a schema for each version of each event of a service."""
    events = language.SHARED if service == language.EVERY_SERVICE else language.EVENTS[service]
    return {key: schema_of(cls)() for key, cls in events.items()}
