"""Why a command on a school-term plan can be refused."""

from __future__ import annotations

from chassis.kernel.errors import BusinessRuleViolation, NotFound


class PlanUnknown(NotFound):
    code = "enrollment.plan-unknown"


class StagesInOrder(BusinessRuleViolation):
    code = "enrollment.stages-in-order"
    clauses = ("P1-029",)


class StageIncomplete(BusinessRuleViolation):
    code = "enrollment.stage-incomplete"
    clauses = ("P1-019", "P1-020", "P1-021", "P1-029", "P2-047", "P2-056")


class PlanIncomplete(BusinessRuleViolation):
    code = "enrollment.plan-incomplete"
    clauses = ("P1-022", "P1-023", "P1-076", "P2-057")
    kind = "invalid"


class DutiesOpen(BusinessRuleViolation):
    code = "enrollment.duties-open"
    clauses = ("P1-023", "P1-076")
    kind = "invalid"


class DutyUnknown(BusinessRuleViolation):
    code = "enrollment.duty-unknown"
    kind = "invalid"


class PlanUnderReview(BusinessRuleViolation):
    code = "enrollment.plan-under-review"
    clauses = ("P1-024",)


class PlanNotUnderReview(BusinessRuleViolation):
    code = "enrollment.plan-not-under-review"
    clauses = ("P1-024",)


class PlanNotApproved(BusinessRuleViolation):
    code = "enrollment.plan-not-approved"
    clauses = ("P1-007", "P1-024", "P1-029")


class PlanClosed(BusinessRuleViolation):
    code = "enrollment.plan-closed"


class ItemNotExplainable(BusinessRuleViolation):
    code = "enrollment.item-not-explainable"
    kind = "invalid"


class HeldInTheFuture(BusinessRuleViolation):
    code = "enrollment.held-in-the-future"
    kind = "invalid"


class TermNotBegun(BusinessRuleViolation):
    code = "enrollment.term-not-begun"
    clauses = ("P1-029",)


class TermNotOver(BusinessRuleViolation):
    code = "enrollment.term-not-over"


class StaffUnknown(NotFound):
    code = "enrollment.staff-unknown"


class PackIncomplete(BusinessRuleViolation):
    code = "enrollment.pack-incomplete"
    clauses = ("P2-089", "P2-090", "P2-091", "P2-092", "P2-093", "P2-094")
    kind = "invalid"


class NothingFiled(BusinessRuleViolation):
    code = "enrollment.nothing-filed"
    clauses = ("P2-094",)
