"""Enrollment's commands and queries. The two tables list every use case."""

from __future__ import annotations

from chassis.eventsourcing.application import QueryRoute
from chassis.vault import Vault
from services.enrollment.handlers import (
    agreements,
    applications,
    family,
    imports,
    people,
    placement,
    policy,
    publicity,
    reviewing,
    schools,
)

COMMANDS = {
    **policy.COMMANDS,
    **schools.COMMANDS,
    **imports.COMMANDS,
    **applications.COMMANDS,
    **publicity.COMMANDS,
    **placement.COMMANDS,
}


def queries(vault: Vault) -> dict[str, QueryRoute]:
    """Return every query; those that show names read them from ``vault``."""
    return {
        **policy.QUERIES,
        **schools.QUERIES,
        **people.queries(vault),
        **family.queries(vault),
        **imports.queries(vault),
        **reviewing.queries(vault),
        **publicity.queries(vault),
        **agreements.queries(vault),
    }
