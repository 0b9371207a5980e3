"""Screenings and responsibility statements: what is asked and what is answered."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from contracts.safety.fitness_events import RESULTS, SIGNED_BY
from contracts.shapes import Strict, identifier

_Text = validate.Length(min=1, max=2000)


class RecordScreening(Strict):
    """``valid_until`` is needed for ``clear``; a bar has no end, so it is not kept for one.

    ``note`` is free text; it is kept in the vault, never in an event.
    """

    result = fields.String(required=True, validate=validate.OneOf(RESULTS))
    checked_on = fields.Date(required=True)
    valid_until = fields.Date(load_default=None, allow_none=True)
    note = fields.String(load_default=None, allow_none=True, validate=_Text)


class SignResponsibilityStatement(Strict):
    """The person signs by sending it; the office records a paper and says so in ``evidence``.

    ``evidence`` is free text; it is kept in the vault, never in an event.
    """

    term_id = identifier()
    statement_version = fields.String(required=True, validate=validate.Length(min=1, max=40))
    evidence = fields.String(load_default=None, allow_none=True, validate=_Text)


class ListStaffFitness(Strict):
    """Statements are signed for a term."""

    term_id = identifier()


class ScreeningRecorded(Schema):
    """Answer of ``record_screening``."""

    staff_id = fields.String(required=True)
    school_id = fields.String(required=True)
    result = fields.String(required=True)
    checked_on = fields.String(required=True)
    valid_until = fields.String(required=True, allow_none=True)


class StatementSigned(Schema):
    """Answer of ``sign_responsibility_statement``."""

    staff_id = fields.String(required=True)
    school_id = fields.String(required=True)
    term_id = fields.String(required=True)
    statement_version = fields.String(required=True)
    text_sha256 = fields.String(required=True)
    by = fields.String(required=True, validate=validate.OneOf(SIGNED_BY))


class ResponsibilityStatement(Schema):
    """The statement in force today."""

    statement_version = fields.String(required=True)
    effective_from = fields.String(required=True)
    text = fields.String(required=True)
    text_sha256 = fields.String(required=True)


class StaffFitness(Schema):
    """``screened``: clear and still valid today. ``result`` is null where nobody was checked."""

    staff_id = fields.String(required=True)
    kind = fields.String(required=True)
    result = fields.String(required=True, allow_none=True)
    checked_on = fields.String(required=True, allow_none=True)
    valid_until = fields.String(required=True, allow_none=True)
    screened = fields.Boolean(required=True)
    statement_version = fields.String(required=True, allow_none=True)
    statement_signed = fields.Boolean(required=True)


class StaffFitnessList(Schema):
    """Every registered member of staff of a school."""

    items = fields.List(fields.Nested(StaffFitness), required=True)
