"""Outside bodies that teach in a school's service: admitted, and removed."""

from __future__ import annotations

from flask_smorest import Blueprint

from contracts.safety import providers
from gateway.api.routing import Command, Query, add_routes

ROUTES = (
    Query(
        "/schools/{school_id}/providers",
        "safety",
        "list_providers",
        "List a school's providers, those that left among them",
        None,
        providers.Providers,
    ),
    Command(
        "/schools/{school_id}/providers",
        "safety",
        "admit_provider",
        "Admit a provider, also again or under a renewed licence",
        providers.AdmitProvider,
        providers.ProviderState,
    ),
    Command(
        "/schools/{school_id}/providers/{provider_id}/remove",
        "safety",
        "remove_provider",
        "Remove a provider from a day on",
        providers.RemoveProvider,
        providers.ProviderState,
    ),
)


def add_to(blueprint: Blueprint) -> None:
    """Add these routes."""
    add_routes(blueprint, ROUTES)
