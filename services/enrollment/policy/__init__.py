"""Districts, the policy each follows, and proposals of the next."""

from __future__ import annotations

from typing import get_args

from chassis.feature import Feature
from contracts.enrollment.policy import DistrictRegistered, PolicyVersionActivated
from services.enrollment.policy.domain.proposal_events import ProposalEvent
from services.enrollment.policy.handlers.policy import HANDLES as POLICY
from services.enrollment.policy.handlers.proposals import HANDLES as PROPOSALS
from services.enrollment.policy.tables import policies, proposals

FEATURE = Feature(
    handles={
        **POLICY,
        **PROPOSALS,
    },
    projects={
        DistrictRegistered: [policies.project],
        PolicyVersionActivated: [policies.project],
        **{event: [proposals.project] for event in get_args(ProposalEvent)},
    },
)
