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
from services.enrollment.domain import errors
from services.enrollment.domain.events import SchoolEvent


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
        raise errors.SchoolUnknown("没有这所学校。", "There is no such school.")
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
        raise errors.SchoolDiffers(
            "这个编号已用于另一所学校；请换一个编号。",
            "This id belongs to another school; choose another id.",
        )
    if command.stage not in command.stages or command.area not in command.areas:
        raise errors.SchoolOutOfScope(
            "这所学校不在方案的实施范围内（学段或区域不符），请核对后再登记。",
            f"The plan does not serve this school; it serves the stages "
            f"{', '.join(command.stages)} in areas {', '.join(command.areas)}.",
        )
    if command.school_type is not None and command.school_type not in command.school_types:
        raise errors.SchoolOutOfScope(
            f"方案服务的学校类型是：{'、'.join(command.school_types)}。请核对学校类型。",
            f"The plan serves schools of the types {', '.join(command.school_types)}.",
        )
    return [event]


def _open_term(state: Registered, command: OpenTerm) -> list[SchoolEvent]:
    if command.first_day >= command.last_day:
        raise errors.TermDatesWrong(
            "学期的最后一天应晚于第一天，请核对。",
            "A term's last day comes after its first; check the dates.",
        )
    if command.first_day < command.plan_from:
        raise errors.TermTooEarly(
            f"方案从 {command.plan_from} 起实施，学期不能早于这一天。",
            f"The plan is carried out from {command.plan_from}; a term cannot begin earlier.",
        )
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
                f"与已有学期“{term.name}”（{term.first_day} 至 {term.last_day}）重叠，请改日期。",
                f"It overlaps the term {term.name} ({term.first_day} to {term.last_day}); "
                "change the dates.",
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
