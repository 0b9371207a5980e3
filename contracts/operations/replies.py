"""What a consumer answers to an operator."""

from __future__ import annotations

from marshmallow import Schema, fields


class ParkedItem(Schema):
    """One parked event. ``behind`` counts the later ones of its stream that wait for it."""

    service = fields.String(required=True)
    partition = fields.String(required=True)
    seq = fields.Integer(required=True)
    stream_id = fields.String(required=True)
    type = fields.String(required=True)
    schema_version = fields.Integer(required=True)
    state = fields.String(required=True)
    attempts = fields.Integer(required=True)
    error = fields.String(required=True, allow_none=True)
    parked_at = fields.String(required=True)
    next_try_at = fields.String(required=True, allow_none=True)
    behind = fields.Integer(required=True)


class ParkedList(Schema):
    """Parked events in order, and how many there are of each state."""

    consumer = fields.String(required=True)
    items = fields.List(fields.Nested(ParkedItem), required=True)
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    next = fields.Integer(required=True, allow_none=True)


class ParkedShown(ParkedItem):
    """One parked event with its whole envelope and the ``seq`` of those behind it."""

    event = fields.Dict(required=True)
    waiting = fields.List(fields.Integer(), required=True)


class Failure(Schema):
    """The event at which a stream stopped, and why."""

    seq = fields.Integer(required=True)
    error = fields.String(required=True)


class Settled(Schema):
    """What became of a parked event: ``applied`` are the ``seq`` that now took effect."""

    consumer = fields.String(required=True)
    dry_run = fields.Boolean(required=True)
    discarded = fields.Integer(required=True, allow_none=True)
    applied = fields.List(fields.Integer(), required=True)
    failed = fields.Nested(Failure, required=True, allow_none=True)
    still_parked = fields.Integer(required=True)


class Replayed(Schema):
    """What a replay did with each event: ``outcomes`` is one word per ``seq``."""

    consumer = fields.String(required=True)
    dry_run = fields.Boolean(required=True)
    checkpoint = fields.Integer(required=True)
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    outcomes = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


class CheckpointItem(Schema):
    """How far the consumer is with one log; ``digest`` covers the events after ``since``.

    ``complete``: up to ``compared_seq`` it saw exactly what the owner has; null before the first
    comparison.
    """

    service = fields.String(required=True)
    partition = fields.String(required=True)
    seq = fields.Integer(required=True)
    since = fields.Integer(required=True)
    digest = fields.String(required=True)
    parked = fields.Integer(required=True)
    complete = fields.Boolean(required=True, allow_none=True)
    compared_seq = fields.Integer(required=True)
    compared_at = fields.String(required=True, allow_none=True)


class Checkpoints(Schema):
    """Every checkpoint of a consumer."""

    consumer = fields.String(required=True)
    places = fields.List(fields.Nested(CheckpointItem), required=True)


class ErasedIn(Schema):
    """What one service did, or would do: ``subjects`` counts the keys destroyed."""

    service = fields.String(required=True)
    person_id = fields.String(required=True)
    subjects = fields.Integer(required=True)
    already_erased = fields.Boolean(required=True)
    dry_run = fields.Boolean(required=True)
    event = fields.Dict(required=True, allow_none=True)


class Erased(Schema):
    """What every service did, and how many accounts of the person were closed."""

    person_id = fields.String(required=True)
    services = fields.List(fields.Nested(ErasedIn), required=True)
    accounts_closed = fields.Integer(required=True)
