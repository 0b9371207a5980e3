"""Policy profiles: the plans' parameters, and those a plan leaves blank."""

from __future__ import annotations

from flask_smorest import Blueprint

from contracts.enrollment import replies, requests
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
)


def add_to(blueprint: Blueprint) -> None:
    """Add these routes."""
    add_routes(blueprint, ROUTES)
