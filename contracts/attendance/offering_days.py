"""What attendance answers about the offerings of a day."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

REVIEWS = ("none", "submitted", "approved", "returned")
"""How far the review of a day's content is."""

PARTS = ("static", "dynamic")


class OpenedSession(Schema):
    """A class's session of an offering."""

    class_id = fields.String(required=True)
    session_id = fields.String(required=True)


class OfferingSession(Schema):
    """An offering of the day, with that day's teacher and content.

    ``content`` is how far its review is. ``may_run``: a class of its grades may open
    a session of it; else ``reason`` is the code and ``detail`` says what to do. ``part``: static,
    dynamic, or None for what is neither's.
    """

    offering_id = fields.String(required=True)
    title = fields.String(required=True)
    service_kind = fields.String(required=True)
    standing = fields.String(required=True)
    grades = fields.List(fields.Integer(), required=True)
    starts = fields.String(required=True)
    ends = fields.String(required=True)
    teacher_id = fields.String(required=True)
    content_kind = fields.String(required=True)
    part = fields.String(required=True, allow_none=True, validate=validate.OneOf(PARTS))
    content = fields.String(required=True, validate=validate.OneOf(REVIEWS))
    substituted = fields.Boolean(required=True)
    may_run = fields.Boolean(required=True)
    reason = fields.String(required=True, allow_none=True)
    detail = fields.Dict(
        keys=fields.String(), values=fields.String(), required=True, allow_none=True
    )
    sessions = fields.List(fields.Nested(OpenedSession), required=True)


class Lacking(Schema):
    """Parts of the day, static or dynamic: ``ready``: that nothing which may run has; ``run``:
    that no session opened so far has."""

    ready = fields.List(fields.String(), required=True)
    run = fields.List(fields.String(), required=True)


class OfferingSessions(Schema):
    """The day's offerings by time; ``lacking`` only where the plan asks for both parts."""

    date = fields.String(required=True)
    items = fields.List(fields.Nested(OfferingSession), required=True)
    lacking = fields.Nested(Lacking, required=True, allow_none=True)
