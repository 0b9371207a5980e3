"""Why an enrollment command can be refused."""

from __future__ import annotations

from chassis.kernel.errors import BusinessRuleViolation, NotFound


class SchoolUnknown(NotFound):
    code = "enrollment.school-unknown"


class SchoolDiffers(BusinessRuleViolation):
    code = "enrollment.school-differs"


class SchoolOutOfScope(BusinessRuleViolation):
    code = "enrollment.school-out-of-scope"
    clauses = ("P1-012", "P2-011")


class TermUnknown(NotFound):
    code = "enrollment.term-unknown"


class TermDatesWrong(BusinessRuleViolation):
    code = "enrollment.term-dates-wrong"
    kind = "invalid"


class TermTooEarly(BusinessRuleViolation):
    code = "enrollment.term-too-early"
    clauses = ("P1-012",)


class TermOverlaps(BusinessRuleViolation):
    code = "enrollment.term-overlaps"


class StaffDiffers(BusinessRuleViolation):
    code = "enrollment.staff-differs"


class StudentUnknown(NotFound):
    code = "enrollment.student-unknown"


class GuardianUnknown(NotFound):
    code = "enrollment.guardian-unknown"


class ImportUnknown(NotFound):
    code = "enrollment.import-unknown"


class NotBase64(BusinessRuleViolation):
    code = "enrollment.content-not-base64"
    kind = "invalid"


class ApplicationUnknown(NotFound):
    code = "enrollment.application-unknown"


class PublicityUnknown(NotFound):
    code = "enrollment.publicity-unknown"


class TransferDateWrong(BusinessRuleViolation):
    code = "enrollment.transfer-date-wrong"


class TransferToItself(BusinessRuleViolation):
    code = "enrollment.transfer-to-itself"
