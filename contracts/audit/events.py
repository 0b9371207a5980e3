"""Events that audit publishes: what was done to its views. Stored for ever.

Everything else it holds is a copy of what the other services say.
"""

from __future__ import annotations

from marshmallow import fields, validate

from contracts.shapes import Strict, identifier

KINDS = ("rebuild", "rollback")


def _names() -> fields.List[str]:
    return fields.List(fields.String(), required=True)


class RebuildRequested(Strict):
    """An operator asked for a rebuild, or (``kind`` rollback) for the generation before."""

    operation_id = identifier()
    rebuild_id = identifier()
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    views = _names()
    swap = fields.Boolean(required=True)


class RebuildSettled(Strict):
    """An operator paused, resumed or cancelled a rebuild, or asked for its swap."""

    operation_id = identifier()
    rebuild_id = identifier()
    state = fields.String(required=True)


class ViewsSwapped(Strict):
    """Readers see another generation; ``different`` names the views whose rows were not equal."""

    rebuild_id = identifier()
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    views = _names()
    generation = fields.Integer(required=True, strict=True)
    events = fields.Integer(required=True, strict=True)
    different = _names()


EVENTS = {
    ("RebuildRequested", 1): RebuildRequested(),
    ("RebuildSettled", 1): RebuildSettled(),
    ("ViewsSwapped", 1): ViewsSwapped(),
}
