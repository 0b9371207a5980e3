"""Fold events into rows: one way for live ingest, rebuild and whatever replays the log later."""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping, Sequence
from typing import TypeAlias

from chassis.eventsourcing.envelope import Event
from services.audit.views.view import Row, View

RowKey: TypeAlias = tuple[str, str, str]
"""(view, partition, key)."""

Rows: TypeAlias = MutableMapping[RowKey, Row | None]
"""Rows by their key; None: looked for and not there."""

Touch: TypeAlias = tuple[RowKey, View, Event]
"""One event's effect on one row, not yet applied."""


class Folding:
    """A choice of views, by the events that they hear."""

    def __init__(self, views: Iterable[View]) -> None:
        self.views = tuple(views)
        self._listening: dict[tuple[str, str], list[View]] = {}
        for view in self.views:
            for name in view.TYPES:
                self._listening.setdefault((view.SERVICE, name), []).append(view)

    def hears(self, service: str, name: str) -> bool:
        """Tell whether any view hears that type of event."""
        return (service, name) in self._listening

    def hears_service(self, service: str) -> bool:
        """Tell whether any view hears that service."""
        return service in {view.SERVICE for view in self.views}

    def touches(self, events: Iterable[Event]) -> list[Touch]:
        """Return what ``events`` will do, in their order."""
        return [
            ((view.NAME, event["partition"], key), view, event)
            for event in events
            for view in self._listening.get((event["service"], event["type"]), ())
            for key in view.keys(event)
        ]


def apply(rows: Rows, touches: Sequence[Touch]) -> None:
    """Fold ``touches`` into ``rows``; a row that is not there counts as None."""
    for row_key, view, event in touches:
        rows[row_key] = view.fold(rows.get(row_key), event, row_key[2])
