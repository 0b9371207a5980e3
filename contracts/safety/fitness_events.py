"""Events about the fitness of staff. Stored for ever: a field is never renamed or removed."""

from __future__ import annotations

from marshmallow import fields, validate

from contracts.shapes import Strict, identifier

RESULTS = ("clear", "barred")
SIGNED_BY = ("staff", "office")


class StaffScreened(Strict):
    """A member of staff was checked (P1-031, P2-060); a bar has no ``valid_until``.

    ``barred`` stands until a clear check of a later day. Each event replaces the one before.
    """

    staff_id = identifier()
    school_id = identifier()
    result = fields.String(required=True, validate=validate.OneOf(RESULTS))
    checked_on = fields.Date(required=True)
    valid_until = fields.Date(required=True, allow_none=True)


class ResponsibilityStatementSigned(Strict):
    """The responsibility statement was signed for a term, or the office recorded the paper."""

    staff_id = identifier()
    school_id = identifier()
    term_id = identifier()
    statement_version = fields.String(required=True)
    text_sha256 = fields.String(required=True, validate=validate.Length(equal=64))
    by = fields.String(required=True, validate=validate.OneOf(SIGNED_BY))


EVENTS = {
    ("StaffScreened", 1): StaffScreened(),
    ("ResponsibilityStatementSigned", 1): ResponsibilityStatementSigned(),
}
