"""Why a safety command can be refused."""

from chassis.kernel.errors import BusinessRuleViolation, NotFound


class IncidentUnknown(NotFound):
    code = "safety.incident-unknown"


class IncidentInTheFuture(BusinessRuleViolation):
    code = "safety.incident-in-the-future"
    clauses = ("P2-113",)


class NoticeOutOfOrder(BusinessRuleViolation):
    code = "safety.notice-out-of-order"
    clauses = ("P2-113",)


class SchoolUnknown(NotFound):
    code = "safety.school-unknown"


class StaffUnknown(NotFound):
    code = "safety.staff-unknown"


class TermUnknown(NotFound):
    code = "safety.term-unknown"


class ScreeningInTheFuture(BusinessRuleViolation):
    code = "safety.screening-in-the-future"
    clauses = ("P1-031", "P2-060")


class ScreeningWithoutEnd(BusinessRuleViolation):
    code = "safety.screening-without-end"
    clauses = ("P1-031", "P2-060")


class ScreeningSuperseded(BusinessRuleViolation):
    code = "safety.screening-superseded"
    clauses = ("P1-031", "P2-060")


class StatementOutdated(BusinessRuleViolation):
    code = "safety.statement-outdated"
    clauses = ("P1-032", "P2-099")


class StatementNotYours(BusinessRuleViolation):
    code = "safety.statement-not-yours"
    clauses = ("P1-032", "P2-099")
    kind = "forbidden"


class EvidenceMissing(BusinessRuleViolation):
    code = "safety.evidence-missing"
    clauses = ("P1-032", "P2-099")


class BreachInTheFuture(BusinessRuleViolation):
    code = "safety.breach-in-the-future"
    clauses = ("P1-009", "P2-006", "P2-010")


class ProviderUnknown(NotFound):
    code = "safety.provider-unknown"


class LicenceEnded(BusinessRuleViolation):
    code = "safety.licence-ended"
    clauses = ("P1-079", "P2-061")


class RemovalInThePast(BusinessRuleViolation):
    code = "safety.removal-in-the-past"
    clauses = ("P1-079",)
