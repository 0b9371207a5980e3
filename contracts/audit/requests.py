"""Bodies of the queries that audit answers."""

from __future__ import annotations

from datetime import UTC, datetime

from marshmallow import fields, validate

from contracts.shapes import Identifier, Strict

EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
"""Nobody means an instant outside of these."""

VIEWS = ("enrollment", "plans", "funds", "custody", "incidents")


class Oversight(Strict):
    """Narrow a view to one district or school; ``after`` is the ``next`` of the page before.

    ``as_of``: as it was at that instant, folded from the events recorded by then.
    """

    district_id = fields.String(load_default=None, allow_none=True, validate=Identifier)
    school_id = fields.String(load_default=None, allow_none=True, validate=Identifier)
    limit = fields.Integer(load_default=200, validate=validate.Range(min=1, max=500))
    after = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=200))
    as_of = fields.AwareDateTime(
        load_default=None,
        allow_none=True,
        validate=validate.Range(min=EARLIEST, max=LATEST),
    )


_reason = validate.Length(min=3, max=500)


class Reason(Strict):
    """Why an operator does it; goes on record."""

    reason = fields.String(required=True, validate=_reason)


class RollbackViews(Reason):
    """Which views go back to the generation before; all of them if none is named."""

    views = fields.List(fields.String(validate=Identifier), load_default=list)


class RequestRebuild(RollbackViews):
    """Which views are made again. Without ``swap`` they wait, ready, for a person to look."""

    swap = fields.Boolean(load_default=True)
    jobs = fields.Integer(load_default=1, validate=validate.Range(min=1, max=64))


class SignTreeHead(Strict):
    """Which school's (or district's) log to sign now."""

    partition = fields.String(required=True, validate=Identifier)


class ListTreeHeads(Strict):
    """The heads of one school, the newest ``limit``; without it the newest of each."""

    partition = fields.String(load_default=None, allow_none=True, validate=Identifier)
    limit = fields.Integer(load_default=1000, validate=validate.Range(min=1, max=10_000))


class ProveConsistency(Strict):
    """The numbers of two heads of a school."""

    first = fields.Integer(required=True, validate=validate.Range(min=1, max=2**31 - 1))
    second = fields.Integer(required=True, validate=validate.Range(min=1, max=2**31 - 1))
