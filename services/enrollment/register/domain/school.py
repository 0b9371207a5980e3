"""School: where it stands, its terms and its classes.

Rules:
    1. A school is registered once, in a district, in a stage and an area that the district's plan
       serves (P1-012, P2-011); repeating it changes nothing.
    2. A term has a first and a last day and does not begin before the plan does (P1-012); terms
       of a school never overlap. Opening the same term again changes nothing.
    3. A class is opened once per grade and name.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias, assert_never

from chassis.kernel.decider import Decider
from contracts.enrollment.schools import ClassOpened, SchoolRegistered, TermOpened
from services.enrollment.register.domain import errors
from services.enrollment.register.domain.events import SchoolEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterSchool:
    """``stages``, ``areas`` and ``school_types`` are those in the scope of the district's plan."""

    school_id: str
    district_id: str
    name: str
    profile: str
    stage: str
    area: str
    stages: Collection[str]
    areas: Collection[str]
    school_type: str | None = None
    school_types: Collection[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTerm:
    term_id: str
    name: str
    first_day: date
    last_day: date
    plan_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenClass:
    class_id: str
    grade: int
    name: str


Command: TypeAlias = RegisterSchool | OpenTerm | OpenClass


@dataclass(frozen=True, slots=True)
class Unregistered:
    """There is no such school."""


@dataclass(frozen=True, slots=True)
class Registered:
    """On the register, with its terms and with its classes as (grade, name)."""

    school: SchoolRegistered
    terms: tuple[TermOpened, ...] = ()
    classes: frozenset[tuple[int, str]] = frozenset()


School: TypeAlias = Unregistered | Registered


def decide(state: School, command: Command) -> list[SchoolEvent]:
    """Return the events ``command`` causes: none when it is already so.

    Raises:
        BusinessRuleViolation: a rule above refuses the command.
    """
    match command:
        case RegisterSchool():
            return _register(state, command)
        case OpenTerm():
            return _open_term(_registered(state), command)
        case OpenClass():
            return _open_class(_registered(state), command)
        case _:
            assert_never(command)


def evolve(state: School, event: SchoolEvent) -> School:
    """Return the state after ``event``. Applies facts; never refuses one."""
    match event:
        case SchoolRegistered():
            return Registered(event)
        case TermOpened() if isinstance(state, Registered):
            return replace(state, terms=(*state.terms, event))
        case ClassOpened() if isinstance(state, Registered):
            return replace(state, classes=state.classes | {(event.grade, event.name)})
        case _:
            return state


SCHOOL: Decider[School, Command, SchoolEvent] = Decider(Unregistered(), decide, evolve)


def _registered(state: School) -> Registered:
    if isinstance(state, Unregistered):
        raise errors.SchoolUnknown()
    return state


def _register(state: School, command: RegisterSchool) -> list[SchoolEvent]:
    event = SchoolRegistered(
        school_id=command.school_id,
        district_id=command.district_id,
        name=command.name,
        profile=command.profile,
        stage=command.stage,
        area=command.area,
        school_type=command.school_type,
    )
    if isinstance(state, Registered):
        if state.school == event:
            return []
        raise errors.SchoolDiffers()
    if command.stage not in command.stages or command.area not in command.areas:
        raise errors.SchoolOutOfScope(stages=command.stages, areas=command.areas)
    if command.school_type is not None and command.school_type not in command.school_types:
        raise errors.SchoolOutOfScope("type", school_types=command.school_types)
    return [event]


def _open_term(state: Registered, command: OpenTerm) -> list[SchoolEvent]:
    if command.first_day >= command.last_day:
        raise errors.TermDatesWrong()
    if command.first_day < command.plan_from:
        raise errors.TermTooEarly(plan_from=command.plan_from)
    event = TermOpened(
        term_id=command.term_id,
        school_id=state.school.school_id,
        name=command.name,
        first_day=command.first_day,
        last_day=command.last_day,
    )
    if any(replace(term, term_id=command.term_id) == event for term in state.terms):
        return []
    for term in state.terms:
        if command.first_day <= term.last_day and term.first_day <= command.last_day:
            raise errors.TermOverlaps(
                name=term.name, first_day=term.first_day, last_day=term.last_day
            )
    return [event]


def _open_class(state: Registered, command: OpenClass) -> list[SchoolEvent]:
    if (command.grade, command.name) in state.classes:
        return []
    return [
        ClassOpened(
            class_id=command.class_id,
            school_id=state.school.school_id,
            grade=command.grade,
            name=command.name,
        )
    ]
