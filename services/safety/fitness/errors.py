"""Why a screening or a signature is not recorded."""

from __future__ import annotations

from chassis.kernel.errors import BusinessRuleViolation


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
