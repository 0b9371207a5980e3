"""Why a waiver is not granted."""

from __future__ import annotations

from chassis.kernel.errors import BusinessRuleViolation
from services.fees.tariffs.errors import ParameterUnset


class WaiverRatioUnset(ParameterUnset):
    clauses = ("P2-073",)


class WaiverMonthsReversed(BusinessRuleViolation):
    code = "fees.waiver-months-reversed"
    kind = "invalid"


class WaiverOverlaps(BusinessRuleViolation):
    code = "fees.waiver-overlaps"
    clauses = ("P1-098",)
