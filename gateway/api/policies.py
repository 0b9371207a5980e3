"""Policy profiles: the plans' parameters, and those a plan leaves blank."""

from __future__ import annotations

from flask_smorest import Blueprint

from contracts.enrollment import proposals, replies, requests
from gateway.api.routing import Command, Query, add_routes

ROUTES = (
    Query(
        "/policies/{profile}",
        "enrollment",
        "get_policy",
        "Show a profile, or what of it is in force in a district",
        None,
        replies.Policy,
        options=("district_id",),
    ),
    Command(
        "/policies/{profile}/parameters",
        "enrollment",
        "set_policy_parameter",
        "Set a parameter of a district's policy",
        requests.SetPolicyParameter,
        replies.PolicyVersion,
        options=("district_id",),
    ),
    Command(
        "/policies/{profile}/proposals",
        "enrollment",
        "propose_policy_version",
        "Propose a next version of a district's policy: nothing changes yet",
        proposals.ProposePolicyVersion,
        proposals.PolicyProposalState,
        options=("district_id",),
    ),
    Query(
        "/policies/{profile}/proposals",
        "enrollment",
        "list_policy_proposals",
        "List proposed versions, with what they change and the national conflicts they would have",
        None,
        proposals.PolicyProposals,
        options=("district_id",),
    ),
    Command(
        "/proposals/{proposal_id}/activate",
        "enrollment",
        "activate_policy_version",
        "Activate a proposed version on its day or later",
        None,
        proposals.PolicyProposalState,
    ),
    Command(
        "/proposals/{proposal_id}/withdraw",
        "enrollment",
        "withdraw_policy_proposal",
        "Withdraw a proposed version",
        None,
        proposals.PolicyProposalState,
    ),
)


def add_to(blueprint: Blueprint) -> None:
    """Add these routes."""
    add_routes(blueprint, ROUTES)
