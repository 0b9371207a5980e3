"""Why an enrollment command can be refused."""

from __future__ import annotations

from chassis.kernel.errors import BusinessRuleViolation, NotFound


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
