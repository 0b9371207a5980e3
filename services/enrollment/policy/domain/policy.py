"""District and its policy: which plan a district follows, and every version of its parameters.

Rules:
    1. A district is registered once, under one profile; repeating it changes nothing.
    2. Registration activates version 1: what the plan says and what the district's settings are.
       What the plan requires and leaves blank is listed as unset (P2-034, P2-065, P2-066, P2-073).
    3. Setting a parameter makes a new version with all parameters in it; the same value again
       changes nothing. A parameter that the profile does not know, or a value of the wrong shape,
       is refused. Activating a proposed version does the same with all its changes at once.
    4. A version takes effect on the day it is set or before, never before the plan itself: what
       is in force is always the newest version.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias, assert_never

from chassis.kernel.decider import Decider
from contracts.enrollment.policy import DistrictRegistered, PolicyVersionActivated
from services.enrollment.policy.domain import errors, parameters
from services.enrollment.policy.domain.events import PolicyEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterDistrict:
    """``values`` and ``unset`` are the profile's parameters as shipped."""

    district_id: str
    name: str
    profile: str
    effective_from: date
    values: Mapping[str, Any]
    unset: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetParameter:
    """``shapes`` are those of the profile's parameters."""

    parameter: str
    value: Any
    effective_from: date
    shapes: Mapping[str, str]
    plan_from: date
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivateVersion:
    """``changes`` of a proposal whose day has come (``domain.proposal``)."""

    changes: Mapping[str, Any]
    effective_from: date
    shapes: Mapping[str, str]


Command: TypeAlias = RegisterDistrict | SetParameter | ActivateVersion


@dataclass(frozen=True, slots=True)
class Unregistered:
    """There is no such district."""


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """Registered; ``version`` is 0 only between the two events of its registration."""

    district_id: str
    name: str
    profile: str
    version: int = 0
    parameters: Mapping[str, Any]
    unset: tuple[str, ...] = ()


Policy: TypeAlias = Unregistered | District


def decide(state: Policy, command: Command) -> list[PolicyEvent]:
    """Return the events ``command`` causes: none when it is already so.

    Raises:
        BusinessRuleViolation: a rule above refuses the command.
    """
    match command:
        case RegisterDistrict():
            return _register(state, command)
        case SetParameter():
            return _set(state, command)
        case ActivateVersion():
            return _activate(state, command)
        case _:
            assert_never(command)


def evolve(state: Policy, event: PolicyEvent) -> Policy:
    """Return the state after ``event``. Applies facts; never refuses one."""
    match event:
        case DistrictRegistered():
            return District(
                district_id=event.district_id,
                name=event.name,
                profile=event.profile,
                parameters={},
            )
        case PolicyVersionActivated():
            return District(
                district_id=event.district_id,
                name=state.name if isinstance(state, District) else "",
                profile=event.profile,
                version=event.version,
                parameters=event.parameters,
                unset=event.unset,
            )
        case _:
            assert_never(event)


POLICY: Decider[Policy, Command, PolicyEvent] = Decider(Unregistered(), decide, evolve)


def _register(state: Policy, command: RegisterDistrict) -> list[PolicyEvent]:
    if isinstance(state, District):
        if (state.name, state.profile) == (command.name, command.profile):
            return []
        raise errors.DistrictDiffers()
    return [
        DistrictRegistered(
            district_id=command.district_id, name=command.name, profile=command.profile
        ),
        PolicyVersionActivated(
            district_id=command.district_id,
            profile=command.profile,
            version=1,
            effective_from=command.effective_from,
            parameters=dict(command.values),
            unset=command.unset,
            changed=tuple(sorted(command.values)),
            reason_code="registered",
        ),
    ]


def _set(state: Policy, command: SetParameter) -> list[PolicyEvent]:
    district = registered(state)
    name = command.parameter
    check_value(district, command.shapes, name, command.value)
    if name in district.parameters and district.parameters[name] == command.value:
        return []
    _check_date(command)
    changes = {name: command.value}
    return [_version(district, changes, command.effective_from, "set-by-bureau")]


def _activate(state: Policy, command: ActivateVersion) -> list[PolicyEvent]:
    district = registered(state)
    for name, value in command.changes.items():
        check_value(district, command.shapes, name, value)
    return [_version(district, command.changes, command.effective_from, "proposed")]


def registered(state: Policy) -> District:
    """Return the district.

    Raises:
        DistrictUnknown: there is none.
    """
    if isinstance(state, Unregistered):
        raise errors.DistrictUnknown()
    return state


def check_value(district: District, shapes: Mapping[str, str], name: str, value: Any) -> None:
    """Check that the profile has the parameter and that the value has its shape.

    Raises:
        ParameterUnknown: it has not.
        ParameterWrong: the value has another shape.
    """
    if name not in shapes:
        known = sorted(shapes)
        raise errors.ParameterUnknown(profile=district.profile, name=name, known=known)
    parameters.check(name, shapes[name], value)


def _version(
    district: District, changes: Mapping[str, Any], effective_from: date, reason_code: str
) -> PolicyVersionActivated:
    return PolicyVersionActivated(
        district_id=district.district_id,
        profile=district.profile,
        version=district.version + 1,
        effective_from=effective_from,
        parameters={**district.parameters, **changes},
        unset=tuple(other for other in district.unset if other not in changes),
        changed=tuple(sorted(changes)),
        reason_code=reason_code,
    )


def _check_date(command: SetParameter) -> None:
    if not command.plan_from <= command.effective_from <= command.today:
        raise errors.EffectiveDateWrong(plan_from=command.plan_from, today=command.today)
