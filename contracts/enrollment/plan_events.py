"""Events of a school-term plan, the school's rules and the semester pack. Stored for ever."""

from __future__ import annotations

from marshmallow import fields

from contracts.enrollment.vocabulary import ids
from contracts.shapes import Strict, identifier, sha256


class ServicePlanDrafted(Strict):
    """The survey stage of a term begins."""

    term_id = identifier()
    school_id = identifier()


class LeadingGroupEstablished(Strict):
    """One per school and term; a later one replaces it."""

    term_id = identifier()
    head_id = identifier()
    member_ids = ids()


class ManagementTeamSet(Strict):
    """``posts``: post → the member of staff who holds it."""

    term_id = identifier()
    posts = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


class DutyAssigned(Strict):
    """Exactly one named person answers for a duty."""

    term_id = identifier()
    duty = fields.String(required=True)
    staff_id = identifier()


class StageActivityRecorded(Strict):
    """The minutes are in the vault, under ``record_id``."""

    term_id = identifier()
    record_id = identifier()
    kind = fields.String(required=True)
    held_on = fields.Date(required=True)


class PlanDeclarationMade(Strict):
    term_id = identifier()
    declaration = fields.String(required=True)


class ServiceDisclosed(Strict):
    """Mode, content and safety measures as the public reads them; the texts are in the vault."""

    term_id = identifier()
    disclosure = fields.Integer(required=True, strict=True)
    text_sha256 = sha256()


class OmissionExplained(Strict):
    """An item of the checklist is left out; the reason is in the vault."""

    term_id = identifier()
    item = fields.String(required=True)


class PreparationBegun(Strict):
    term_id = identifier()


class ServicePlanSubmitted(Strict):
    """``documents``: rule → the version that the plan stands on."""

    term_id = identifier()
    version = fields.Integer(required=True, strict=True)
    documents = fields.Dict(keys=fields.String(), values=fields.Integer(strict=True), required=True)


class ServicePlanReturned(Strict):
    """``items`` of the checklist that the reason is about; the reason is in the vault."""

    term_id = identifier()
    version = fields.Integer(required=True, strict=True)
    items = fields.List(fields.String(), required=True)


class ServicePlanApproved(Strict):
    """From here on this version is in force."""

    term_id = identifier()
    version = fields.Integer(required=True, strict=True)


class ServicePlanRevised(Strict):
    """A next version is being prepared; the one before stays in force until it is approved."""

    term_id = identifier()
    version = fields.Integer(required=True, strict=True)


class ServiceStarted(Strict):
    term_id = identifier()
    version = fields.Integer(required=True, strict=True)


class ServicePlanClosed(Strict):
    term_id = identifier()


class RuleVersionPublished(Strict):
    """A written rule of the school; its text is in the vault."""

    school_id = identifier()
    document = fields.String(required=True)
    version = fields.Integer(required=True, strict=True)
    text_sha256 = sha256()


class SemesterPackFiled(Strict):
    """``parts``: part → hash of its content as filed."""

    term_id = identifier()
    filing = fields.Integer(required=True, strict=True)
    parts = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    pack_sha256 = sha256()


class SemesterPackAcknowledged(Strict):
    term_id = identifier()
    filing = fields.Integer(required=True, strict=True)


class PupilHelperAppointed(Strict):
    """A pupil helps in the term, accountable for nobody (P2-058)."""

    student_id = identifier()
    term_id = identifier()
    role = fields.String(required=True)


class PupilHelperEnded(PupilHelperAppointed):
    """The pupil no longer helps in that role."""


SCHEMAS = (
    PupilHelperAppointed,
    PupilHelperEnded,
    ServicePlanDrafted,
    LeadingGroupEstablished,
    ManagementTeamSet,
    DutyAssigned,
    StageActivityRecorded,
    PlanDeclarationMade,
    ServiceDisclosed,
    OmissionExplained,
    PreparationBegun,
    ServicePlanSubmitted,
    ServicePlanReturned,
    ServicePlanApproved,
    ServicePlanRevised,
    ServiceStarted,
    ServicePlanClosed,
    RuleVersionPublished,
    SemesterPackFiled,
    SemesterPackAcknowledged,
)
