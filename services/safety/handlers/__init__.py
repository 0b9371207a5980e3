"""Safety's commands and queries. The two tables list every use case."""

from __future__ import annotations

from chassis.eventsourcing.application import QueryRoute
from chassis.vault import Vault
from services.safety.handlers import breaches, fitness, incidents, providers

COMMANDS = {
    **incidents.COMMANDS,
    **fitness.COMMANDS,
    **breaches.COMMANDS,
    **providers.COMMANDS,
}


def queries(vault: Vault) -> dict[str, QueryRoute]:
    """Return every query; those that show free text read it from ``vault``."""
    return {
        **incidents.QUERIES,
        **fitness.QUERIES,
        **breaches.queries(vault),
        **providers.queries(vault),
    }
