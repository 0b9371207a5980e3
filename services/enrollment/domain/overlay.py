"""Where the national rules say otherwise than a plan. Reports; changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """``rule`` of the overlay against ``parameter`` of the plan; ``excess`` is what differs."""

    rule: str
    parameter: str
    excess: tuple[str, ...]


def conflicts(plan: Mapping[str, Any], national: Mapping[str, Any]) -> list[Conflict]:
    """Return the conflicts of a plan's parameters in force with those of the overlay."""
    missing_days = set(national["five_plus_two_weekdays"]) - set(plan["service_weekdays"])
    evening = plan["service_windows"].get("evening_self_study", {}).get("to", "00:00")
    latest = national["evening_self_study_latest"]
    offered = {kind for kinds in plan["service_kinds"].values() for kind in kinds}
    other = offered & set(national["not_after_school_service"])
    found = (
        ("five_plus_two_weekdays", "service_weekdays", [str(day) for day in missing_days]),
        ("evening_self_study_latest", "service_windows", [evening] if evening > latest else []),
        ("not_after_school_service", "service_kinds", list(other)),
    )
    return [
        Conflict(rule=rule, parameter=parameter, excess=tuple(sorted(excess)))
        for rule, parameter, excess in found
        if excess
    ]
