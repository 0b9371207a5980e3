"""Old events in today's shape: upcasters are pure functions from one schema version to the next.

What is stored, published and proved stays as it is for ever; an event is brought up to date when it
is read to be understood. A version that this release does not know is never guessed at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from chassis.eventsourcing.envelope import Event
from chassis.kernel.errors import NewerVersion

Data: TypeAlias = dict[str, Any]
Upcaster: TypeAlias = Callable[[Data], Data]
"""``upcast(data)``: the same fact as the next version says it."""

Upcasters: TypeAlias = Mapping[tuple[str, int], Upcaster]
"""(type, from version) → the function to the next version."""


def raised(name: str, version: int, newest: int, data: Data, upcasters: Upcasters) -> Data:
    """Return ``data`` of a type's ``version`` as its ``newest`` version says it.

    Raises:
        NewerVersion: the event is of a version that this release does not know.
    """
    if version > newest:
        raise NewerVersion(f"{name} v{version}; this release knows v{newest}")
    for step in range(version, newest):
        data = upcasters[name, step](data)
    return data


class Upcasting:
    """Brings envelopes of any service up to date; a type that nobody knows stays as it is.

    ``newest`` has the newest version of (service, type), ``upcasters`` a service's functions.
    """

    def __init__(
        self, newest: Mapping[tuple[str, str], int], upcasters: Mapping[str, Upcasters]
    ) -> None:
        self._newest = newest
        self._upcasters = upcasters

    def __call__(self, event: Event) -> Event:
        """Return the envelope in its newest version; the same object if it is that already.

        Raises:
            NewerVersion: this release does not know the event's version yet.
        """
        name, version = event["type"], event["schema_version"]
        newest = self._newest.get((event["service"], name), version)
        if version == newest:
            return event
        steps = self._upcasters.get(event["service"], {})
        data = raised(name, version, newest, event["data"], steps)
        return {**event, "schema_version": newest, "data": data}


def as_it_is(event: Event) -> Event:
    """Return the envelope unchanged: for those who only pass it on."""
    return event
