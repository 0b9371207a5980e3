"""What a view is: which events it hears, which rows they touch, what becomes of a row."""

from __future__ import annotations

from typing import Any, Protocol, TypeAlias

from chassis.eventsourcing.envelope import Event

Row: TypeAlias = dict[str, Any]
"""One row's document: only what JSON can say, with text keys."""


class View(Protocol):
    """A view as a module: rows of one shape, folded from one service's events.

    One service only, because its events are in order within a partition and in none across
    services: so a row depends on the log alone, and never on what arrived first.
    """

    NAME: str
    SERVICE: str
    TYPES: frozenset[str]

    def keys(self, event: Event, /) -> tuple[str, ...]:
        """Return the keys of the rows that ``event`` touches in its partition."""

    def fold(self, row: Row | None, event: Event, key: str, /) -> Row | None:
        """Return the row after ``event``; None: there is no such row. Pure, and never refuses."""
