"""Fold events into rows: one way for live ingest, rebuild, as-of and checks.

A fold never refuses, but it may be wrong: an event that it fails on leaves the rows as they were,
is named, and the later events of its stream wait behind it. That is what a parked event is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from chassis.eventsourcing.envelope import Event
from chassis.eventsourcing.upcasting import Upcasting
from contracts import language
from services.audit.views.view import Row, View

UPCAST = Upcasting(language.newest(), language.UPCASTERS)

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

    def of_service(self, service: str) -> Folding:
        """Return the folding of those views alone that hear ``service``."""
        return Folding(view for view in self.views if service == view.SERVICE)

    def types(self) -> frozenset[str]:
        """Return the types of event that some view hears."""
        return frozenset(name for _, name in self._listening)

    def listeners(self, event: Event) -> Sequence[View]:
        """Return the views that hear ``event``."""
        return self._listening.get((event["service"], event["type"]), ())

    def touches(self, events: Iterable[Event]) -> list[Touch]:
        """Return what ``events`` will do, in their order."""
        found: list[Touch] = []
        for told in events:
            views = self.listeners(told)
            if views:
                event = UPCAST(told)
                partition = event["partition"]
                found += [
                    ((view.NAME, partition, key), view, event)
                    for view in views
                    for key in view.keys(event)
                ]
        return found


def apply(rows: Rows, touches: Sequence[Touch]) -> None:
    """Fold ``touches`` into ``rows``; a row that is not there counts as None."""
    for row_key, view, event in touches:
        rows[row_key] = view.fold(rows.get(row_key), event, row_key[2])


@dataclass(slots=True)
class Failures:
    """The events that a fold could not take in: by ``seq``, with the error of the first in line."""

    errors: dict[int, str | None] = field(default_factory=dict)
    stream_of: dict[int, str] = field(default_factory=dict)
    streams: set[str] = field(default_factory=set)

    def note(self, event: Event, error: str | None) -> None:
        """Keep that ``event`` failed, or (no error) waits behind one that did."""
        self.errors[event["seq"]] = error
        self.stream_of[event["seq"]] = event["stream_id"]
        self.streams.add(event["stream_id"])


def fold(
    folding: Folding,
    rows: Rows,
    events: Iterable[Event],
    failures: Failures,
    *,
    forget: bool = False,
) -> list[Event]:
    """Fold one place's events into ``rows``; return those that were taken in.

    What fails goes into ``failures``, undone. ``forget``: rows that are gone leave no trace, for a
    fold whose rows are nowhere else yet.
    """
    taken = []
    for event in events:
        if event["stream_id"] in failures.streams:
            failures.note(event, None)
            continue
        undo: list[tuple[RowKey, Row | None]] = []
        try:
            for row_key, view, _ in folding.touches((event,)):
                before = rows.get(row_key)
                _put(rows, row_key, view.fold(before, event, row_key[2]), forget=forget)
                undo.append((row_key, before))
        except Exception as error:  # a wrong fold must not hide: it is named in the report
            for row_key, before in reversed(undo):
                _put(rows, row_key, before, forget=forget)
            failures.note(event, f"{type(error).__name__}: {error}"[:300])
            continue
        taken.append(event)
    return taken


def _put(rows: Rows, key: RowKey, row: Row | None, *, forget: bool) -> None:
    if row is None and forget:
        rows.pop(key, None)
    else:
        rows[key] = row


def living(rows: Rows) -> Iterator[tuple[RowKey, Row]]:
    """Yield the rows that there are."""
    return ((key, row) for key, row in rows.items() if row is not None)
