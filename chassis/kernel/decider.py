"""The shape shared by every event-sourced aggregate: decide, evolve, initial state."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Generic, TypeVar

State = TypeVar("State")
Command = TypeVar("Command")
Event = TypeVar("Event")


@dataclass(frozen=True, slots=True)
class Decider(Generic[State, Command, Event]):
    """A pure aggregate: where it starts, how it decides, how it remembers."""

    initial_state: State
    decide: Callable[[State, Command], Sequence[Event]]
    evolve: Callable[[State, Event], State]

    def fold(self, events: Iterable[Event]) -> State:
        """Rebuild the state from its full history."""
        return reduce(self.evolve, events, self.initial_state)
