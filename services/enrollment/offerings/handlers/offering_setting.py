"""What the policy in force and the school say about a wanted offering."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection

from services.enrollment.offerings.domain import errors
from services.enrollment.offerings.domain.commands import Setting, Terms
from services.enrollment.offerings.domain.providers import Provider
from services.enrollment.offerings.tables import offerings, providers
from services.enrollment.policy.handlers import policy_values

GRADES = {"primary": range(1, 7), "junior": range(7, 10)}


def of(
    connection: Connection,
    school: dict[str, Any],
    terms: Terms,
    term_id: str,
    provider: Provider | None,
) -> Setting:
    """Return the setting of an offering with these terms."""
    venue = offerings.venue(connection, terms.venue_id)
    if venue is None or venue["school_id"] != school["school_id"]:
        raise errors.VenueUnknown("unregistered")
    values = policy_values.values_for(connection, school)
    reserved = values.get("staff_reserved_times", [])
    return Setting(
        allowed=values["content_kinds"],
        kinds=values["service_kinds"].get(school["stage"], []),
        weekdays=values["service_weekdays"],
        any_day_kinds=values["any_day_service_kinds"],
        window=_window(connection, school, values, terms.service_kind),
        lessons=values["lesson_times"],
        reserved=[(day, starts, ends) for day, starts, ends in reserved],
        grades=GRADES[school["stage"]],
        venue_capacity=venue["capacity"],
        others=offerings.slots(connection, term_id),
        provider=provider,
    )


def provider_of(
    connection: Connection, school_id: str, taught_by: str, today: date
) -> Provider | None:
    """Return what safety told of who teaches; None for the school itself and for a stranger."""
    found = providers.providers.get(connection, school_id, taught_by)
    if found is None:
        return None
    leaves_on = found["leaves_on"]
    return Provider(
        licence_valid_until=date.fromisoformat(found["licence_valid_until"]),
        leaves_on=date.fromisoformat(leaves_on) if leaves_on else None,
        today=today,
    )


def least_demand(connection: Connection, school: dict[str, Any]) -> int:
    """Return how many families must wish for an interest activity (P2-044)."""
    return int(policy_values.value(connection, school, "interest_activity_min_demand"))


def _window(
    connection: Connection, school: dict[str, Any], values: dict[str, Any], service_kind: str
) -> tuple[str, str]:
    """Return (earliest start, latest end over the seasons) of a kind of service."""
    window = values["service_windows"].get(service_kind, {})
    ends = [window[name] for name in ("to", "summer_to") if name in window]
    if "to_parameter" in window:
        # What the plan leaves blank blocks by name until the bureau sets it (P2-034).
        by_season = policy_values.value(connection, school, window["to_parameter"])
        ends = list(by_season.values())
    return window.get("from", ""), max(ends, default="")
