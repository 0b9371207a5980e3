"""Whose district it is."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from chassis.kernel.call import Call
from services.enrollment.policy.domain import errors as policy_errors
from services.enrollment.policy.tables import policies


def district(connection: Connection, district_id: str, call: Call) -> dict[str, Any]:
    """Return a district that the caller may read."""
    found = policies.district(connection, district_id)
    if found is None:
        raise policy_errors.DistrictUnknown()
    call.require_district(district_id)
    return found
