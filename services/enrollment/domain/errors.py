"""Why an enrollment command can be refused."""

from chassis.kernel.errors import BusinessRuleViolation, NotFound, NotPermitted


class ForAnotherPerson(NotPermitted):
    """The role may do this, but it is for another person to do."""


class DistrictUnknown(NotFound):
    code = "enrollment.district-unknown"


class DistrictDiffers(BusinessRuleViolation):
    code = "enrollment.district-differs"


class ProfileUnknown(NotFound):
    code = "enrollment.profile-unknown"


class ParameterUnknown(BusinessRuleViolation):
    code = "enrollment.parameter-unknown"
    kind = "invalid"


class ParameterWrong(BusinessRuleViolation):
    code = "enrollment.parameter-wrong"
    kind = "invalid"


class ParameterUnset(BusinessRuleViolation):
    code = "enrollment.parameter-unset"
    clauses = ("P2-034", "P2-065", "P2-066", "P2-073")


class EffectiveDateWrong(BusinessRuleViolation):
    code = "enrollment.effective-date-wrong"


class ProposalUnknown(NotFound):
    code = "enrollment.proposal-unknown"


class ProposalChangesNothing(BusinessRuleViolation):
    code = "enrollment.proposal-changes-nothing"
    kind = "invalid"


class ProposalTooEarly(BusinessRuleViolation):
    code = "enrollment.proposal-too-early"


class ProposalOutdated(BusinessRuleViolation):
    code = "enrollment.proposal-outdated"


class ProposalSettled(BusinessRuleViolation):
    code = "enrollment.proposal-settled"


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


class TermOver(BusinessRuleViolation):
    code = "enrollment.term-over"


class StaffDiffers(BusinessRuleViolation):
    code = "enrollment.staff-differs"


class ClassUnknown(NotFound):
    code = "enrollment.class-unknown"


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


class PublicityUnknown(NotFound):
    code = "enrollment.publicity-unknown"


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


class TransferDateWrong(BusinessRuleViolation):
    code = "enrollment.transfer-date-wrong"


class TransferToItself(BusinessRuleViolation):
    code = "enrollment.transfer-to-itself"
