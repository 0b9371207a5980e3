"""What anybody may read of a school's service, without a name of any person in it."""

from __future__ import annotations

from marshmallow import Schema, fields

from contracts.enrollment.replies import many, string


class PublicDisclosure(Schema):
    mode = string()
    content = string()
    safety_measures = string()
    text_sha256 = string()


class PublicOffering(Schema):
    offering_id = string()
    title = string()
    service_kind = string()
    content_kind = string()
    part = string()
    grades = fields.List(fields.Integer(), required=True)
    weekdays = fields.List(fields.Integer(), required=True)
    starts = string()
    ends = string()
    capacity = fields.Integer(required=True)
    waiting = fields.Integer(required=True)
    free = fields.Integer(required=True)
    is_free = fields.Boolean(required=True)


class PublicTerm(Schema):
    """``standing`` of the plan, ``none`` before it is begun; ``disclosure`` null before it."""

    term_id = string()
    name = string()
    first_day = string()
    last_day = string()
    standing = string()
    applications_open = fields.Boolean(required=True)
    disclosure = fields.Nested(PublicDisclosure, required=True, allow_none=True)
    offerings = many(PublicOffering)


class PublicService(Schema):
    """Terms that run or come next, the nearest first."""

    school_id = string()
    name = string()
    stage = string()
    area = string()
    district_name = string()
    terms = many(PublicTerm)
