"""A found thing: reported once.

Rules:
    1. Nothing is found in the future.
    2. Saying the same again changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from chassis.kernel.decider import Decider
from chassis.kernel.errors import BusinessRuleViolation
from contracts.safety.found_things import ThingFound


class FoundInTheFuture(BusinessRuleViolation):
    code = "safety.found-in-the-future"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    found: ThingFound
    today: date


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody reported it."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The school keeps it."""


Thing: TypeAlias = Unknown | Kept


def decide(state: Thing, command: Report) -> list[ThingFound]:
    """Return the events ``command`` causes: none when it is already so.

    Raises:
        BusinessRuleViolation: a rule above refuses the command.
    """
    if command.found.found_on > command.today:
        raise FoundInTheFuture(today=command.today)
    return [command.found] if isinstance(state, Unknown) else []


def evolve(_state: Thing, _event: ThingFound) -> Thing:
    """Return the state after ``event``. Applies facts; never refuses one."""
    return Kept()


THING: Decider[Thing, Report, ThingFound] = Decider(Unknown(), decide, evolve)
