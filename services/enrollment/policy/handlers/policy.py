"""Districts and the policy each of them follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import Connection

from chassis.eventsourcing.handling import CommandHandler, Handles, Reading, Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from contracts.enrollment import policy as said
from contracts.shapes import Nothing
from services.enrollment.policy import profiles
from services.enrollment.policy.domain import errors, overlay
from services.enrollment.policy.domain.policy import (
    POLICY,
    District,
    RegisterDistrict,
    SetParameter,
)
from services.enrollment.policy.handlers import scope
from services.enrollment.policy.tables import policies


class _InForce(NamedTuple):
    """What is in force somewhere; without a district, the profile as shipped."""

    district_id: str | None
    version: int
    effective_from: str
    values: dict[str, object]
    unset: Sequence[str]
    changed: Sequence[str]


def register_district(
    work: UnitOfWork, request: said.RegisterDistrict, call: Call
) -> Reply[said.District]:
    plan = profiles.profile(request.profile)
    work.call = replace(call, policy=(plan.profile, 1))
    decision = work.execute(
        POLICY,
        f"district-{request.district_id}",
        RegisterDistrict(
            district_id=request.district_id,
            name=request.name,
            profile=request.profile,
            effective_from=plan.effective_from,
            values=plan.values,
            unset=plan.unset,
        ),
    )
    body = said.District(
        district_id=request.district_id, name=request.name, profile=request.profile
    )
    return Reply(body, decision.version, created=bool(decision.events))


def set_policy_parameter(
    work: UnitOfWork, request: said.SetPolicyParameter, call: Call
) -> Reply[said.PolicyVersion]:
    plan = profiles.profile(request.profile)
    decision = work.execute(
        POLICY,
        f"district-{work.partition}",
        SetParameter(
            parameter=request.parameter,
            value=request.value,
            effective_from=request.effective_from or call.today,
            shapes=plan.shapes,
            plan_from=plan.effective_from,
            today=call.today,
        ),
    )
    state = decision.state
    assert isinstance(state, District)
    if decision.events:
        work.vault.put(f"policy-{work.partition}-{state.version}", reason=request.reason)
    body = said.PolicyVersion(
        district_id=work.partition,
        profile=plan.profile,
        version=state.version,
        parameter=request.parameter,
    )
    return Reply(body, decision.version)


def get_policy(reading: Reading, request: said.GetPolicy) -> said.Policy:
    plan = profiles.profile(request.profile)
    district_id = request.district_id
    if not district_id:
        first_day = plan.effective_from.isoformat()
        return _described(plan, _InForce(None, 0, first_day, plan.values, plan.unset, ()))
    district = following(reading.connection, plan.profile, district_id, reading.call)
    in_force = _InForce(
        district_id=district["district_id"],
        version=district["version"],
        effective_from=district["effective_from"],
        values=district["parameters"],
        unset=district["unset"],
        changed=district["set_by_bureau"],
    )
    return _described(plan, in_force)


def list_districts(reading: Reading, _request: Nothing) -> said.Districts:
    only = reading.call.principal.district_id if reading.call.principal.role == "bureau" else None
    found = policies.every_district(reading.connection, only)
    return said.Districts(items=tuple(said.District(**each._asdict()) for each in found))


def following(connection: Connection, profile: str, district_id: str, call: Call) -> dict[str, Any]:
    """Return a district that the caller may read and that follows ``profile``."""
    district = scope.district(connection, district_id, call)
    if district["profile"] != profile:
        raise errors.DistrictUnknown(
            "of-another-profile", followed=district["profile"], profile=profile
        )
    return district


def meaning(parameter: profiles.Parameter) -> said.TwoLanguages:
    """Return what a parameter means, in both languages."""
    return said.TwoLanguages(zh=parameter.zh, en=parameter.en)


def conflicts(plan: profiles.Profile, values: dict[str, object]) -> tuple[said.Conflict, ...]:
    """Return where these values differ from the national rules, in both languages."""
    national = profiles.profile(profiles.NATIONAL)
    if plan is national:
        return ()
    return tuple(
        said.Conflict(
            rule=each.rule,
            parameter=each.parameter,
            text=said.TwoLanguages(
                zh=f"{national.parameters[each.rule].zh}（不一致：{'、'.join(each.excess)}）",
                en=f"{national.parameters[each.rule].en} (differs: {', '.join(each.excess)})",
            ),
        )
        for each in overlay.conflicts(values, national.values)
    )


def own_district(
    connection: Connection,
    request: said.SetPolicyParameter | said.ProposePolicyVersion,
    call: Call,
) -> str:
    """Return the partition of a command on the policy of a district."""
    district_id = request.district_id or call.principal.district_id
    if not district_id:
        raise errors.DistrictUnknown("unnamed")
    profile = profiles.profile(request.profile).profile
    return str(following(connection, profile, district_id, call)["district_id"])


def _described(plan: profiles.Profile, in_force: _InForce) -> said.Policy:
    return said.Policy(
        profile=plan.profile,
        title=plan.title,
        level=plan.level,
        district_id=in_force.district_id,
        version=in_force.version,
        effective_from=in_force.effective_from,
        citations=tuple(_citation(each) for each in plan.citations),
        parameters=in_force.values,
        unset=tuple(
            said.UnsetParameter(parameter=each.name, clauses=each.clauses, meaning=meaning(each))
            for each in plan.parameters.values()
            if each.name in in_force.unset
        ),
        details=tuple(_detail(each, in_force) for each in plan.parameters.values()),
        conflicts=conflicts(plan, in_force.values),
    )


def _citation(cited: Mapping[str, Any]) -> said.Citation:
    note = said.TwoLanguages(**cited["note"]) if cited["note"] else None
    return said.Citation(text=cited["text"], placeholder=cited["placeholder"], note=note)


def _detail(parameter: profiles.Parameter, in_force: _InForce) -> said.ParameterDetail:
    source = "bureau" if parameter.name in in_force.changed else parameter.source
    return said.ParameterDetail(
        parameter=parameter.name,
        clauses=parameter.clauses,
        meaning=meaning(parameter),
        value=in_force.values.get(parameter.name),
        shape=parameter.shape,
        source=source if parameter.name in in_force.values else "unset",
    )


def _new_district(_connection: Connection, request: said.RegisterDistrict, _call: Call) -> str:
    return request.district_id


HANDLES: Handles = {
    said.REGISTER_DISTRICT: CommandHandler(register_district, _new_district),
    said.SET_POLICY_PARAMETER: CommandHandler(set_policy_parameter, own_district),
    said.GET_POLICY: get_policy,
    said.LIST_DISTRICTS: list_districts,
}
