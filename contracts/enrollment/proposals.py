"""Requests and answers about proposed policy versions."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from contracts.enrollment.replies import Conflict, TwoLanguages, many, string
from contracts.enrollment.vocabulary import ids
from contracts.shapes import Strict

STATES = ("waiting", "ready", "outdated", "activated", "withdrawn")


class ProposePolicyVersion(Strict):
    """``changes``: parameter → value of the shape of ``contracts.enrollment.parameters``.

    Takes effect today or later; today if no date is given.
    """

    changes = fields.Dict(
        keys=fields.String(validate=validate.Length(min=1, max=80)),
        values=fields.Raw(required=True),
        required=True,
        validate=validate.Length(min=1, max=50),
    )
    effective_from = fields.Date(load_default=None, allow_none=True)
    reason = fields.String(required=True, validate=validate.Length(min=1, max=1000))


class PolicyProposalState(Schema):
    """``state``: waiting (for its day), ready, outdated (another version came first), activated,
    withdrawn. ``version`` is the one that it became, null before."""

    proposal_id = string()
    district_id = string()
    profile = string()
    based_on = fields.Integer(required=True)
    effective_from = string()
    state = string()
    version = fields.Integer(required=True, allow_none=True)


class ProposedChange(Schema):
    """``before`` is null where the plan's blank was not filled."""

    parameter = string()
    meaning = fields.Nested(TwoLanguages, required=True)
    clauses = ids()
    before = fields.Raw(required=True, allow_none=True)
    after = fields.Raw(required=True, allow_none=True)


class PolicyProposal(PolicyProposalState):
    """``conflicts`` are those with the national rules that it would have; none once settled."""

    proposed_at = string()
    settled_at = string(maybe=True)
    reason = string(maybe=True)
    changes = many(ProposedChange)
    conflicts = many(Conflict)


class PolicyProposals(Schema):
    items = many(PolicyProposal)
