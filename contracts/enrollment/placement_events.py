"""Events about a pupil's place after the agreement is signed. Stored for ever."""

from __future__ import annotations

from marshmallow import fields

from contracts.enrollment.vocabulary import one_of
from contracts.shapes import Identifier, Strict, identifier


class StudentWithdrawn(Strict):
    """``effective_on`` is the first day without the service; who leaves may apply again."""

    application_id = identifier()
    school_id = identifier()
    student_id = identifier()
    term_id = identifier()
    effective_on = fields.Date(required=True)
    by = one_of(("guardian", "school"))


class EnrolmentSuspended(Strict):
    """``until_on`` is the last suspended day; null: until an ``EnrolmentResumed``."""

    application_id = identifier()
    school_id = identifier()
    student_id = identifier()
    term_id = identifier()
    from_on = fields.Date(required=True)
    until_on = fields.Date(required=True, allow_none=True)


class EnrolmentResumed(Strict):
    """``on`` is the first day back; not later than the suspension's first day, it cancels it."""

    application_id = identifier()
    school_id = identifier()
    student_id = identifier()
    term_id = identifier()
    on = fields.Date(required=True)


class ApplicationLapsed(Strict):
    """An application ended before its agreement was signed, because the pupil left the school."""

    application_id = identifier()
    school_id = identifier()
    student_id = identifier()
    term_id = identifier()


class StudentTransferredOut(Strict):
    """From ``effective_on`` the pupil is off the register, and no enrolment from before lasts.

    ``StudentRegistered`` for the same pupil brings the pupil back; enrolments do not come back.
    """

    student_id = identifier()
    to_school_id = fields.String(required=True, allow_none=True, validate=Identifier)
    effective_on = fields.Date(required=True)


SCHEMAS = (
    StudentWithdrawn,
    EnrolmentSuspended,
    EnrolmentResumed,
    ApplicationLapsed,
    StudentTransferredOut,
)
