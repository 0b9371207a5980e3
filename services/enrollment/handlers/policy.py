"""Districts and the policy each of them follows."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import Connection

from chassis.eventsourcing.handling import CommandHandler, Handles, Reading, Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from contracts.enrollment import policy as said
from contracts.shapes import Nothing
from services.enrollment import profiles
from services.enrollment.domain import errors, overlay
from services.enrollment.domain.policy import POLICY, District, RegisterDistrict, SetParameter
from services.enrollment.handlers import access
from services.enrollment.projections import policies


def register_district(work: UnitOfWork, request: said.RegisterDistrict, call: Call) -> Reply:
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
    body = asdict(request)
    return Reply(body, decision.version, created=bool(decision.events))


def set_policy_parameter(work: UnitOfWork, request: said.SetPolicyParameter, call: Call) -> Reply:
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
    body = {
        "district_id": work.partition,
        "profile": plan.profile,
        "version": state.version,
        "parameter": request.parameter,
    }
    return Reply(body, decision.version)


def get_policy(reading: Reading, request: said.GetPolicy) -> dict[str, Any]:
    plan = profiles.profile(request.profile)
    district_id = request.district_id
    if not district_id:
        return _described(plan, plan.values, plan.unset, {}, frozenset())
    district = following(reading.connection, plan.profile, district_id, reading.call)
    in_force = {name: district[name] for name in ("district_id", "version", "effective_from")}
    changed = frozenset(district["set_by_bureau"])
    return _described(plan, district["parameters"], district["unset"], in_force, changed)


def list_districts(reading: Reading, _request: Nothing) -> dict[str, Any]:
    only = reading.call.principal.district_id if reading.call.principal.role == "bureau" else None
    return {"items": policies.every_district(reading.connection, only)}


def following(connection: Connection, profile: str, district_id: str, call: Call) -> dict[str, Any]:
    """Return a district that the caller may read and that follows ``profile``."""
    district = access.district(connection, district_id, call)
    if district["profile"] != profile:
        raise errors.DistrictUnknown(
            "of-another-profile", followed=district["profile"], profile=profile
        )
    return district


def _described(
    plan: profiles.Profile,
    values: dict[str, Any],
    unset: tuple[str, ...],
    in_force: dict[str, Any],
    changed: frozenset[str],
) -> dict[str, Any]:
    details = [_detail(each, values, changed) for each in plan.parameters.values()]
    blank = [each for each in details if each["parameter"] in unset]
    named = ("parameter", "clauses", "meaning")
    return {
        "profile": plan.profile,
        "title": plan.title,
        "level": plan.level,
        "district_id": None,
        "version": 0,
        "effective_from": plan.effective_from.isoformat(),
        **in_force,
        "citations": [dict(each) for each in plan.citations],
        "parameters": values,
        "unset": [{name: each[name] for name in named} for each in blank],
        "details": details,
        "conflicts": conflicts(plan, values),
    }


def _detail(
    parameter: profiles.Parameter, values: dict[str, Any], changed: frozenset[str]
) -> dict[str, Any]:
    source = "bureau" if parameter.name in changed else parameter.source
    return {
        "parameter": parameter.name,
        "clauses": list(parameter.clauses),
        "meaning": {"zh": parameter.zh, "en": parameter.en},
        "value": values.get(parameter.name),
        "shape": parameter.shape,
        "source": source if parameter.name in values else "unset",
    }


def conflicts(plan: profiles.Profile, values: dict[str, Any]) -> list[dict[str, Any]]:
    """Return where these values differ from the national rules, in both languages."""
    national = profiles.profile(profiles.NATIONAL)
    if plan is national:
        return []
    return [
        {
            "rule": each.rule,
            "parameter": each.parameter,
            "text": {
                "zh": f"{national.parameters[each.rule].zh}（不一致：{'、'.join(each.excess)}）",
                "en": f"{national.parameters[each.rule].en} (differs: {', '.join(each.excess)})",
            },
        }
        for each in overlay.conflicts(values, national.values)
    ]


def _new_district(_connection: Connection, request: Any, _call: Call) -> str:
    return str(request.district_id)


def own_district(connection: Connection, request: Any, call: Call) -> str:
    """Return the partition of a command on the policy of a district."""
    district_id = request.district_id or call.principal.district_id
    if not district_id:
        raise errors.DistrictUnknown("unnamed")
    profile = profiles.profile(request.profile).profile
    return str(following(connection, profile, district_id, call)["district_id"])


HANDLES: Handles = {
    said.REGISTER_DISTRICT: CommandHandler(register_district, _new_district),
    said.SET_POLICY_PARAMETER: CommandHandler(set_policy_parameter, own_district),
    said.GET_POLICY: get_policy,
    said.LIST_DISTRICTS: list_districts,
}
