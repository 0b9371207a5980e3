"""What a pupil, a class teacher and a family said about an application. Stored for ever."""

from __future__ import annotations

from marshmallow import fields

from contracts.shapes import Strict, identifier, sha256


class PupilAssentRecorded(Strict):
    """The pupil's own will, beside the guardian's (P2-005); "no" ends what is open or signed."""

    application_id = identifier()
    student_id = identifier()
    term_id = identifier()
    assents = fields.Boolean(required=True)


class ApplicationReviewed(Strict):
    """The class teacher's view; the note is in the vault."""

    application_id = identifier()
    student_id = identifier()
    term_id = identifier()
    recommended = fields.Boolean(required=True)


class ResponsibilityLetterSigned(Strict):
    """Signed with the agreement, each term (P1-100); the text names persons by id only."""

    application_id = identifier()
    student_id = identifier()
    term_id = identifier()
    guardian_id = identifier()
    letter_version = fields.String(required=True)
    text_sha256 = sha256()


SCHEMAS = (PupilAssentRecorded, ApplicationReviewed, ResponsibilityLetterSigned)
