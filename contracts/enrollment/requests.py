"""Bodies of the commands and queries that enrollment answers. ``publish_list`` takes a term."""

from __future__ import annotations

from marshmallow import fields, validate

from contracts.enrollment.vocabulary import (
    APPLICATION_STATES,
    AREAS,
    PROFILES,
    SCHOOL_TYPES,
    STAFF_KINDS,
    STAGES,
    one_of,
    service_kinds,
)
from contracts.paging import Page
from contracts.shapes import Identifier, Strict, identifier

MAX_IDS = 500
MAX_FILE_BASE64 = 28 * 1024 * 1024
"""20 MB as base64, with room for line ends."""

Name = validate.Length(min=1, max=80)


Slug = validate.Regexp(
    r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}\Z", error="1 to 40 letters, digits, - or _."
)
"""An id that the caller chooses."""


class RegisterDistrict(Strict):
    district_id = fields.String(required=True, validate=Slug)
    name = fields.String(required=True, validate=Name)
    profile = one_of(PROFILES)


class SetPolicyParameter(Strict):
    """``value`` has the shape of ``contracts.enrollment.parameters``; today if no date is given."""

    parameter = fields.String(required=True, validate=Name)
    value = fields.Raw(required=True)
    effective_from = fields.Date(load_default=None, allow_none=True)
    reason = fields.String(required=True, validate=validate.Length(min=1, max=1000))


class RegisterSchool(Strict):
    school_id = fields.String(required=True, validate=Slug)
    name = fields.String(required=True, validate=Name)
    district_id = identifier()
    stage = one_of(STAGES)
    area = one_of(AREAS)
    school_type = fields.String(
        load_default=None, allow_none=True, validate=validate.OneOf(SCHOOL_TYPES)
    )


class OpenTerm(Strict):
    name = fields.String(required=True, validate=Name)
    first_day = fields.Date(required=True)
    last_day = fields.Date(required=True)


class RegisterStaff(Strict):
    staff_id = fields.String(load_default=None, allow_none=True, validate=Slug)
    name = fields.String(required=True, validate=Name)
    kind = one_of(STAFF_KINDS)


class RosterFile(Strict):
    """For ``import_roster``: a OneRoster 1.2 CSV zip, an .xlsx or a CSV."""

    filename = fields.String(required=True, validate=validate.Length(min=1, max=255))
    content_base64 = fields.String(required=True, validate=validate.Length(max=MAX_FILE_BASE64))


class CheckRoster(RosterFile):
    """``verdict_file`` asks for the verdicts also as a file to hand back."""

    verdict_file = fields.Boolean(load_default=False)


class GetImport(Strict):
    verdict_file = fields.Boolean(load_default=False)


class SubmitApplication(Strict):
    """``pupil_assents``: whether the pupil wants to; needed where the plan asks for it (P2-005)."""

    student_id = identifier()
    term_id = identifier()
    service_kinds = service_kinds()
    pupil_assents = fields.Boolean(load_default=None, allow_none=True)


class ReviewApplication(Strict):
    """The class teacher's view, with a note for the office."""

    recommended = fields.Boolean(required=True)
    note = fields.String(load_default="", validate=validate.Length(max=1000))


class RecordPupilAssent(Strict):
    """What the pupil says now; "no" ends what is open or signed."""

    assents = fields.Boolean(required=True)


class DeclineParticipation(Strict):
    student_id = identifier()
    term_id = identifier()


class RejectApplication(Strict):
    """``reason`` is for the family; it is kept in the vault, never in an event."""

    reason = fields.String(required=True, validate=validate.Length(min=1, max=1000))


class RaiseObjection(Strict):
    """``text`` is for the school; it is kept in the vault."""

    text = fields.String(required=True, validate=validate.Length(min=1, max=1000))


class ResolveObjection(Strict):
    """``answer`` is for whoever raised it."""

    objection_id = identifier()
    upheld = fields.Boolean(required=True)
    answer = fields.String(required=True, validate=validate.Length(min=1, max=1000))


class PublishList(Strict):
    term_id = identifier()


class SignAgreement(Strict):
    agreement_version = fields.String(required=True, validate=validate.Length(min=1, max=40))


class BlockGuardian(Strict):
    """``proof``: the document that it stands on, or why it is lifted; kept in the vault."""

    proof = fields.String(required=True, validate=validate.Length(min=1, max=1000))


class ListStudents(Page):
    class_id = fields.String(load_default=None, allow_none=True, validate=Identifier)


class ListApplications(Page):
    state = fields.String(
        load_default=None, allow_none=True, validate=validate.OneOf(APPLICATION_STATES)
    )
    term_id = fields.String(load_default=None, allow_none=True, validate=Identifier)


class GetNames(Strict):
    ids = fields.List(
        fields.String(validate=Identifier), required=True, validate=validate.Length(max=MAX_IDS)
    )
