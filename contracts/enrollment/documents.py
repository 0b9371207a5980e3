"""Documents that leave the platform: the written application, the agreement, exported rosters."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from contracts.enrollment.applications import Agreement
from contracts.enrollment.replies import File, string
from contracts.enrollment.vocabulary import ids
from contracts.shapes import Identifier, Strict


class ExportRoster(Strict):
    """Without ``term_id``: the term that runs or comes next. ``masked`` asks for a masked copy."""

    term_id = fields.String(load_default=None, allow_none=True, validate=Identifier)
    masked = fields.Boolean(load_default=False)


class Export(Schema):
    """``masked`` is true for every role but the school's office and finance."""

    export_id = string()
    kind = string()
    school_id = string()
    term_id = string()
    rows = fields.Integer(required=True)
    masked = fields.Boolean(required=True)
    sha256 = fields.String(required=True, validate=validate.Length(equal=64))
    made_at = string()
    file = fields.Nested(File, required=True)


class Consent(Schema):
    """Which account, in which role, and when."""

    account_id = string()
    role = string()
    at = string()


class Recorded(Schema):
    """Where the fact stands in the log; a proof of it can be asked for."""

    service = string()
    partition = string()
    seq = fields.Integer(required=True)
    event_id = string()


class Setting(Schema):
    """School, pupil and term of a document; names are masked for a bureau."""

    application_id = string()
    school_id = string()
    school_name = string()
    class_id = string()
    class_name = string()
    student_id = string()
    student_name = string()
    term_id = string()
    term_name = string()
    first_day = string()
    last_day = string()


class ApplicationForm(Setting):
    """The form as it was sent; ``class_name`` is the class of that day, ``state`` today's.

    ``facts`` is the hashed text: the form and the consent, persons by id only.
    """

    guardian_id = string()
    guardian_name = string()
    relation = string(maybe=True)
    service_kinds = ids()
    state = string()
    submitted_at = string()
    facts = string()
    facts_sha256 = string()
    consent = fields.Nested(Consent, required=True)
    recorded = fields.Nested(Recorded, required=True)


class Signature(Consent):
    """``text_sha256`` is the hash of the text as it was signed."""

    guardian_id = string()
    text_sha256 = string()
    recorded = fields.Nested(Recorded, required=True)


class SchoolConsent(Consent):
    """The school's side of the agreement: who confirmed the publicised list with the pupil."""

    publicity_id = string()
    recorded = fields.Nested(Recorded, required=True)


class AgreementRecord(Setting, Agreement):
    """The agreement with who consented on both sides and when; each is null before that."""

    school_consent = fields.Nested(SchoolConsent, required=True, allow_none=True)
    signature = fields.Nested(Signature, required=True, allow_none=True)
    letter_signature = fields.Nested(Signature, required=True, allow_none=True)
