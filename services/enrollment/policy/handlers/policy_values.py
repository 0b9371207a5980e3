"""What the policy in force says about one thing; a blank is refused by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from services.enrollment.policy import profiles
from services.enrollment.policy.domain import errors
from services.enrollment.policy.domain.checklist import Item
from services.enrollment.policy.tables import policies


def values_for(connection: Connection, school: dict[str, Any]) -> dict[str, Any]:
    """Return all parameters in force for a school."""
    district = policies.district(connection, school["district_id"])
    assert district is not None
    return values_of(district)


def values_of(district: Mapping[str, Any]) -> dict[str, Any]:
    """Return all parameters in force in a district, read already.

    A district registered under an earlier release has its own version without the parameters
    that came later: for those the profile's own value stands.
    """
    return {**profiles.profile(district["profile"]).values, **district["parameters"]}


def value(connection: Connection, school: dict[str, Any], name: str) -> Any:
    """Return one parameter in force for a school.

    Raises:
        ParameterUnset: the plan leaves it blank and the bureau has not set it.
    """
    return named(values_for(connection, school), school, name)


def named(values: Mapping[str, Any], school: Mapping[str, Any], name: str) -> Any:
    """Return one of the parameters in force for a school.

    Raises:
        ParameterUnset: the plan leaves it blank and the bureau has not set it.
    """
    if name in values:
        return values[name]
    known = profiles.profile(school["profile"]).parameters.get(name)
    raise errors.ParameterUnset(meaning=known or name, parameter=name)


def checklist(connection: Connection, school: dict[str, Any]) -> tuple[Item, ...]:
    """Return the items that the policy in force asks for, in its order."""
    wanted = value(connection, school, "plan_items")
    known = profiles.checklist()
    return tuple(known[item].item for item in wanted if item in known)
