"""Why an enrollment command can be refused."""

from __future__ import annotations

from chassis.kernel.errors import BusinessRuleViolation, NotFound, NotPermitted


class ForAnotherPerson(NotPermitted):
    """The role may do this, but it is for another person to do."""


class TermOver(BusinessRuleViolation):
    code = "enrollment.term-over"


class PlanNotInForce(BusinessRuleViolation):
    code = "enrollment.plan-not-in-force"
    clauses = ("P1-007", "P1-065")


class NotDisclosed(BusinessRuleViolation):
    code = "enrollment.not-disclosed"
    clauses = ("P2-048",)


class AssentMissing(BusinessRuleViolation):
    code = "enrollment.assent-missing"
    clauses = ("P2-005", "P1-060")
    kind = "invalid"


class ReviewMissing(BusinessRuleViolation):
    code = "enrollment.review-missing"
    clauses = ("P1-062", "P2-050")


class ServiceKindNotOffered(BusinessRuleViolation):
    code = "enrollment.service-kind-not-offered"
    clauses = ("P1-015", "P2-033", "P2-035")


class AlreadyApplied(BusinessRuleViolation):
    code = "enrollment.already-applied"


class AlreadyEnrolled(BusinessRuleViolation):
    code = "enrollment.already-enrolled"


class ApplicationClosed(BusinessRuleViolation):
    code = "enrollment.application-closed"


class AlreadyConfirmed(BusinessRuleViolation):
    code = "enrollment.already-confirmed"
    clauses = ("P1-063",)


class NotAccepted(BusinessRuleViolation):
    code = "enrollment.not-accepted"
    clauses = ("P1-062", "P2-050")


class NotPublicised(BusinessRuleViolation):
    code = "enrollment.not-publicised"
    clauses = ("P1-063",)


class NotConfirmed(BusinessRuleViolation):
    code = "enrollment.not-confirmed"
    clauses = ("P1-063",)


class AgreementOutdated(BusinessRuleViolation):
    code = "enrollment.agreement-outdated"
    clauses = ("P1-064", "P2-051")


class NothingToPublish(BusinessRuleViolation):
    code = "enrollment.nothing-to-publish"
    clauses = ("P1-062", "P1-063")


class PublicityOver(BusinessRuleViolation):
    code = "enrollment.publicity-over"
    clauses = ("P1-063",)


class ObjectionsOpen(BusinessRuleViolation):
    code = "enrollment.objections-open"
    clauses = ("P1-063",)


class ObjectionUnknown(NotFound):
    code = "enrollment.objection-unknown"


class PublicityNotOver(BusinessRuleViolation):
    code = "enrollment.publicity-not-over"
    clauses = ("P1-063",)


class ReasonMissing(BusinessRuleViolation):
    code = "enrollment.reason-missing"
    clauses = ("P1-079",)
    kind = "invalid"


class NotEnrolled(BusinessRuleViolation):
    code = "enrollment.not-enrolled"
    clauses = ("P1-079",)


class AlreadySuspended(BusinessRuleViolation):
    code = "enrollment.already-suspended"
    clauses = ("P1-079",)


class PlacementDateWrong(BusinessRuleViolation):
    code = "enrollment.placement-date-wrong"
    clauses = ("P1-079",)


class StudentLeaving(BusinessRuleViolation):
    code = "enrollment.student-leaving"
