"""What callers send and get about a pupil's place after the agreement is signed."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from contracts.enrollment.replies import string
from contracts.shapes import Identifier, Strict

Reason = validate.Length(max=1000)
"""Reasons are kept in the vault, never in an event."""


class WithdrawStudent(Strict):
    """``effective_on``: the first day without the service. A school gives a reason."""

    effective_on = fields.Date(required=True)
    reason = fields.String(load_default="", validate=Reason)


class SuspendEnrolment(Strict):
    """``until_on``: the last day away; null: until it is resumed."""

    from_on = fields.Date(required=True)
    until_on = fields.Date(load_default=None, allow_none=True)
    reason = fields.String(load_default="", validate=Reason)


class ResumeEnrolment(Strict):
    """``on``: the first day back; today if it is not given."""

    on = fields.Date(load_default=None, allow_none=True)


class TransferStudent(Strict):
    """``to_school_id`` is null for a school that is not on this platform."""

    effective_on = fields.Date(required=True)
    to_school_id = fields.String(load_default=None, allow_none=True, validate=Identifier)


class StudentLeaves(Schema):
    """From ``left_on`` the pupil is not on the school's lists."""

    student_id = string()
    school_id = string()
    left_on = string()
