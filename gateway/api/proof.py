"""Proof that no event is missing or altered: signed tree heads, proofs, findings."""

from __future__ import annotations

from flask_smorest import Blueprint

from contracts.audit import replies, requests
from gateway.api.routing import Command, Query, add_routes

ROUTES = (
    Query(
        "/proof/tree-heads",
        "audit",
        "list_tree_heads",
        "List signed tree heads",
        requests.ListTreeHeads,
        replies.TreeHeads,
    ),
    Command(
        "/proof/tree-heads",
        "audit",
        "sign_tree_head",
        "Sign a school's log as it is now",
        requests.SignTreeHead,
        replies.TreeHead,
    ),
    Query(
        "/proof/events/{service}/{partition}/{seq}",
        "audit",
        "prove_event",
        "Prove that an event is in the signed log",
        None,
        replies.InclusionProof,
    ),
    Query(
        "/proof/consistency/{partition}",
        "audit",
        "prove_consistency",
        "Prove that a head only adds to an earlier one",
        requests.ProveConsistency,
        replies.ConsistencyProof,
    ),
    Query(
        "/proof/findings",
        "audit",
        "list_findings",
        "List what the continuous checks found wrong",
        None,
        replies.Findings,
    ),
)


def add_to(blueprint: Blueprint) -> None:
    """Add these routes."""
    add_routes(blueprint, ROUTES)
