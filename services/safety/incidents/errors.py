"""Why a report of an incident, or of a notice, is refused."""

from __future__ import annotations

from chassis.kernel.errors import BusinessRuleViolation, NotFound


class IncidentUnknown(NotFound):
    code = "safety.incident-unknown"


class IncidentInTheFuture(BusinessRuleViolation):
    code = "safety.incident-in-the-future"
    clauses = ("P2-113",)


class NoticeOutOfOrder(BusinessRuleViolation):
    code = "safety.notice-out-of-order"
    clauses = ("P2-113",)
