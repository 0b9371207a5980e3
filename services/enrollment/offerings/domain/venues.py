"""Venue: a room or ground of the school, what it holds, and who answers for it (P2-059, P1-076)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from chassis.kernel.decider import Decider
from contracts.enrollment.offerings import VenueRegistered

Venue: TypeAlias = VenueRegistered | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterVenue:
    """The same id again, with other facts, corrects them."""

    venue: VenueRegistered


def decide(state: Venue, command: RegisterVenue) -> list[VenueRegistered]:
    """Return the registration, or nothing when it is already so."""
    return [] if state == command.venue else [command.venue]


def evolve(state: Venue, event: VenueRegistered) -> Venue:
    """Return the state after ``event``."""
    return event


VENUE: Decider[Venue, RegisterVenue, VenueRegistered] = Decider(None, decide, evolve)
