"""Cursor pagination, the same for every list."""

from __future__ import annotations

from marshmallow import fields, validate

from contracts.shapes import Strict


class Page(Strict):
    """``after`` is the ``next`` of the page before."""

    limit = fields.Integer(load_default=50, validate=validate.Range(min=1, max=500))
    after = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=200))
