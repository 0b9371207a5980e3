"""The whole published language: every event of every service, and how old versions become new.

To publish a new version of an event: keep the old schema, add the new one beside it, add a pure
function to ``UPCASTERS``, add a golden sample of the new version. Old samples stay for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from marshmallow import Schema

from contracts.attendance.events import EVENTS as ATTENDANCE
from contracts.audit.events import EVENTS as AUDIT
from contracts.enrollment.events import EVENTS as ENROLLMENT
from contracts.fees.events import EVENTS as FEES
from contracts.operations.events import EVENTS as OPERATIONS
from contracts.safety.events import EVENTS as SAFETY

Data: TypeAlias = dict[str, Any]
Upcaster: TypeAlias = Callable[[Data], Data]

SERVICES: Mapping[str, Mapping[tuple[str, int], Schema]] = {
    "enrollment": ENROLLMENT,
    "fees": FEES,
    "attendance": ATTENDANCE,
    "safety": SAFETY,
    "audit": AUDIT,
}
"""The events of each service, (type, version) → the schema of ``data``."""

SHARED = OPERATIONS
"""Events that any service publishes about its own operation."""

UPCASTERS: Mapping[str, Mapping[tuple[str, int], Upcaster]] = {
    "enrollment": {
        ("SchoolRegistered", 1): lambda data: {**data, "school_type": None},
        ("StudentEnrolled", 1): lambda data: {**data, "plan_version": None},
    },
    "fees": {},
    "attendance": {
        ("SessionOpened", 1): lambda data: {**data, "offering_id": None},
    },
    "safety": {},
    "audit": {},
}
"""Service → (type, from version) → ``upcast(data)``."""


def newest() -> dict[tuple[str, str], int]:
    """Return the newest version of every (service, type)."""
    found: dict[tuple[str, str], int] = {}
    for service, events in SERVICES.items():
        for name, version in (*events, *SHARED):
            found[service, name] = max(version, found.get((service, name), 0))
    return found
