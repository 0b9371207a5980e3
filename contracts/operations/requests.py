"""Bodies of what an operator asks of a consumer."""

from __future__ import annotations

from marshmallow import fields, validate

from contracts.operations.events import GROUNDS, SUBJECT_KINDS
from contracts.shapes import Identifier, Strict, identifier

_reason = validate.Length(min=3, max=500)
_seq = validate.Range(min=1, max=2**31 - 1)


class ListParked(Strict):
    """Narrow the list; ``after`` is the ``next`` of the page before."""

    partition = fields.String(load_default=None, allow_none=True, validate=Identifier)
    state = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.OneOf(["retrying", "parked", "waiting"]),
    )
    limit = fields.Integer(load_default=200, validate=validate.Range(min=1, max=1000))
    after = fields.Integer(load_default=0, validate=validate.Range(min=0))


class Settle(Strict):
    """Why a parked event is retried or discarded; ``dry_run`` only says what would happen."""

    reason = fields.String(required=True, validate=_reason)
    dry_run = fields.Boolean(load_default=False)


class Replay(Strict):
    """Which stored events of an owner to deliver again to this consumer, and why.

    ``again``: also what the consumer has already applied; then ``to_seq`` must reach its
    checkpoint.
    """

    from_seq = fields.Integer(required=True, validate=_seq)
    to_seq = fields.Integer(required=True, validate=_seq)
    again = fields.Boolean(load_default=False)
    dry_run = fields.Boolean(load_default=False)
    reason = fields.String(required=True, validate=_reason)


class ErasePerson(Strict):
    """Whose data are erased in which school, on what grounds; never to be undone.

    ``reason`` is kept for the audit; do not write the person's name into it.
    """

    school_id = identifier()
    kind = fields.String(load_default="student", validate=validate.OneOf(SUBJECT_KINDS))
    grounds = fields.String(required=True, validate=validate.OneOf(GROUNDS))
    reason = fields.String(required=True, validate=_reason)
    dry_run = fields.Boolean(load_default=False)
