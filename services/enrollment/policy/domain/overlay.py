"""Where the national rules say otherwise than a plan. Reports; changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

CUSTODY = "after_school_custody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """``rule`` of the overlay against ``parameter`` of the plan; ``excess`` is what differs."""

    rule: str
    parameter: str
    excess: tuple[str, ...]


def conflicts(plan: Mapping[str, Any], national: Mapping[str, Any]) -> list[Conflict]:
    """Return the conflicts of a plan's parameters in force with those of the overlay."""
    missing_days = set(national["five_plus_two_weekdays"]) - set(plan["service_weekdays"])
    least = national["five_plus_two_minutes"]
    short = {minutes for minutes in custody_minutes(plan) if minutes < least}
    evening = plan["service_windows"].get("evening_self_study", {}).get("to", "00:00")
    latest = national["evening_self_study_latest"]
    offered = {kind for kinds in plan["service_kinds"].values() for kind in kinds}
    other = offered & set(national["not_after_school_service"])
    found: tuple[tuple[str, str, Iterable[str]], ...] = (
        ("five_plus_two_weekdays", "service_weekdays", map(str, sorted(missing_days))),
        ("five_plus_two_minutes", "service_windows", map(str, sorted(short))),
        ("evening_self_study_latest", "service_windows", [evening] if evening > latest else []),
        ("not_after_school_service", "service_kinds", sorted(other)),
    )
    listed = [(rule, parameter, tuple(excess)) for rule, parameter, excess in found]
    return [
        Conflict(rule=rule, parameter=parameter, excess=excess)
        for rule, parameter, excess in listed
        if excess
    ]


def custody_minutes(plan: Mapping[str, Any]) -> list[int]:
    """Return how long custody lasts in each season, as far as the plan gives both bounds."""
    window = plan["service_windows"].get(CUSTODY, {})
    if "from" not in window:
        return []
    ends = [window[end] for end in ("to", "summer_to") if end in window]
    ends += plan.get(window.get("to_parameter", ""), {}).values()
    return [_minutes(end) - _minutes(window["from"]) for end in ends]


def _minutes(time: str) -> int:
    return int(time[:2]) * 60 + int(time[3:])
