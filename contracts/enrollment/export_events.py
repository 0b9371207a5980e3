"""Events about files that leave the platform."""

from __future__ import annotations

from marshmallow import fields, validate

from contracts.enrollment.vocabulary import one_of
from contracts.shapes import Strict, identifier

EXPORT_KINDS = ("roster",)


class ExportMade(Strict):
    """A list of pupils was handed out as a file; ``sha256`` is the file's hash."""

    export_id = identifier()
    kind = one_of(EXPORT_KINDS)
    rows = fields.Integer(required=True, strict=True)
    masked = fields.Boolean(required=True)
    sha256 = fields.String(required=True, validate=validate.Length(equal=64))
