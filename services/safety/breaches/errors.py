"""Why a report of a breach is refused."""

from __future__ import annotations

from chassis.kernel.errors import BusinessRuleViolation


class BreachInTheFuture(BusinessRuleViolation):
    code = "safety.breach-in-the-future"
    clauses = ("P1-009", "P2-006", "P2-010")
