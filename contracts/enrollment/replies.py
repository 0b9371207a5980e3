"""What enrollment answers; persons and applications are in `applications`."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields

from contracts.enrollment.vocabulary import ids


def string(*, maybe: bool = False) -> fields.String:
    """Return a required string field."""
    return fields.String(required=True, allow_none=maybe)


def many(schema: type[Schema]) -> fields.List[Any]:
    """Return a required list of ``schema``."""
    return fields.List(fields.Nested(schema), required=True)


class TwoLanguages(Schema):
    zh = string()
    en = string()


class Citation(Schema):
    """``placeholder`` marks a document number that the plan leaves unfilled: never print it."""

    text = string()
    placeholder = fields.Boolean(required=True)
    note = fields.Nested(TwoLanguages, required=True, allow_none=True)


class UnsetParameter(Schema):
    parameter = string()
    clauses = ids()
    meaning = fields.Nested(TwoLanguages, required=True)


class ParameterDetail(UnsetParameter):
    """``source``: plan (the plan's own text), district (a district setting), bureau or unset."""

    value = fields.Raw(required=True, allow_none=True)
    shape = string()
    source = string()


class Conflict(Schema):
    """Where the national rules say otherwise; reported only, never applied by itself."""

    rule = string()
    parameter = string()
    text = fields.Nested(TwoLanguages, required=True)


class Policy(Schema):
    """``version`` is 0 and ``district_id`` null for a profile as shipped."""

    profile = string()
    title = string()
    level = string()
    district_id = string(maybe=True)
    version = fields.Integer(required=True)
    effective_from = string()
    citations = many(Citation)
    parameters = fields.Dict(required=True)
    unset = many(UnsetParameter)
    details = many(ParameterDetail)
    conflicts = many(Conflict)


class District(Schema):
    district_id = string()
    name = string()
    profile = string()


class School(Schema):
    school_id = string()
    district_id = string()
    name = string()
    profile = string()
    stage = string()
    area = string()
    school_type = string(maybe=True)


class Term(Schema):
    term_id = string()
    school_id = string()
    name = string()
    first_day = string()
    last_day = string()


class SchoolClass(Schema):
    class_id = string()
    school_id = string()
    grade = fields.Integer(required=True)
    name = string()
    students = fields.Integer(required=True)


class Districts(Schema):
    items = many(District)


class Schools(Schema):
    items = many(School)


class Terms(Schema):
    items = many(Term)


class Classes(Schema):
    items = many(SchoolClass)


class PolicyVersion(Schema):
    district_id = string()
    profile = string()
    version = fields.Integer(required=True)
    parameter = string()


class Staff(Schema):
    staff_id = string()
    school_id = string()
    kind = string()


class StaffMember(Staff):
    name = string(maybe=True)


class StaffMembers(Schema):
    items = many(StaffMember)


class Row(Schema):
    """What became of one row: created, updated, unchanged, refused or skipped, and why."""

    line = fields.Integer(required=True)
    outcome = string()
    student_id = string(maybe=True)
    code = string(maybe=True)
    field = string(maybe=True)
    detail = fields.Nested(TwoLanguages, required=True, allow_none=True)


class File(Schema):
    filename = string()
    media_type = string()
    content_base64 = string()


class RosterTemplate(Schema):
    file = fields.Nested(File, required=True)


class Import(Schema):
    """``import_id`` is null for a dry run; ``file`` only if it was asked for."""

    import_id = string(maybe=True)
    dry_run = fields.Boolean(required=True)
    file_kind = string()
    created = fields.Integer(required=True)
    updated = fields.Integer(required=True)
    unchanged = fields.Integer(required=True)
    refused = fields.Integer(required=True)
    skipped = fields.Integer(required=True)
    rows = many(Row)
    file = fields.Nested(File)
