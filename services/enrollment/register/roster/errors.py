"""Why a whole file can be refused. What is wrong with one row is a ``lines.Refused`` instead."""

from __future__ import annotations

from chassis.kernel.errors import BusinessRuleViolation


class UnreadableRoster(BusinessRuleViolation):
    """The bytes are no roster we can read."""

    code = "enrollment.unreadable-roster"
    kind = "invalid"


class RosterTooLarge(BusinessRuleViolation):
    """The file, or what it unpacks to, is beyond ``limits``."""

    code = "enrollment.roster-too-large"
    kind = "too-large"
