"""What the policy says about money on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection

from registers.policy import Versions
from services.fees.tariffs.domain.pricing import CappedByPlan, FixedByPlan, Pricing
from services.fees.tariffs.errors import PolicyNotYet

POLICY = Versions("policy_versions")


def parameters(
    connection: Connection, district_id: str, *, day: date, today: date
) -> Mapping[str, Any]:
    """Return the parameters in force on ``day``; what was blank then, as it is set today.

    Nothing could be charged under a blank, so the value that fills it holds for the past too.

    Raises:
        PolicyNotYet: the district's policy has not arrived.
    """
    found = [POLICY.in_force(connection, district_id, when) for when in (today, day)]
    if not any(found):
        raise PolicyNotYet()
    merged: dict[str, Any] = {}
    for version in found:
        merged.update(version.parameters if version else {})
    return merged


def pricing_of(values: Mapping[str, Any], stage: str) -> Pricing:
    """Return how the policy prices a month for pupils of ``stage``."""
    if "tariff_fen" in values:
        return FixedByPlan(values["tariff_fen"])
    cap = f"fee_cap_{stage}_fen"
    return CappedByPlan(cap, values.get(cap))
