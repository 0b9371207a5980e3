"""Bodies of the queries that audit answers."""

from __future__ import annotations

from marshmallow import fields, validate

from contracts.shapes import Identifier, Strict

VIEWS = ("enrollment", "funds", "custody", "incidents")


class Oversight(Strict):
    """Narrow a view to one district or school; ``after`` is the ``next`` of the page before."""

    district_id = fields.String(load_default=None, allow_none=True, validate=Identifier)
    school_id = fields.String(load_default=None, allow_none=True, validate=Identifier)
    limit = fields.Integer(load_default=200, validate=validate.Range(min=1, max=500))
    after = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=200))
