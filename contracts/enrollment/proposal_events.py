"""Events about proposed policy versions. Partition: the district."""

from __future__ import annotations

from marshmallow import fields

from contracts.shapes import Strict, identifier


class PolicyVersionProposed(Strict):
    """``changes``: parameter → value, compared with version ``based_on``. Nothing changes yet."""

    district_id = identifier()
    proposal_id = identifier()
    based_on = fields.Integer(required=True, strict=True)
    changes = fields.Dict(keys=fields.String(), required=True)
    effective_from = fields.Date(required=True)


class PolicyProposalActivated(Strict):
    """The proposal became ``version``; ``PolicyVersionActivated`` says what is in force."""

    district_id = identifier()
    proposal_id = identifier()
    version = fields.Integer(required=True, strict=True)


class PolicyProposalWithdrawn(Strict):
    district_id = identifier()
    proposal_id = identifier()


SCHEMAS = (PolicyVersionProposed, PolicyProposalActivated, PolicyProposalWithdrawn)
