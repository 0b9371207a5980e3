"""Enrollment's commands and queries. The two tables list every use case."""

from __future__ import annotations

from chassis.eventsourcing.application import QueryRoute
from chassis.vault import Vault
from services.enrollment.handlers import (
    agreements,
    allocating,
    applications,
    cockpit,
    family,
    imports,
    notices,
    offerings,
    opinions,
    pack,
    people,
    placement,
    places,
    plan,
    policy,
    proposals,
    publicity,
    reviewing,
    schools,
    sessions,
    staffing,
    survey_results,
    surveys,
)

COMMANDS = {
    **policy.COMMANDS,
    **proposals.COMMANDS,
    **schools.COMMANDS,
    **imports.COMMANDS,
    **applications.COMMANDS,
    **publicity.COMMANDS,
    **plan.COMMANDS,
    **pack.COMMANDS,
    **staffing.COMMANDS,
    **offerings.COMMANDS,
    **sessions.COMMANDS,
    **allocating.COMMANDS,
    **places.COMMANDS,
    **notices.COMMANDS,
    **surveys.COMMANDS,
    **opinions.COMMANDS,
    **placement.COMMANDS,
}


def queries(vault: Vault) -> dict[str, QueryRoute]:
    """Return every query; those that show names read them from ``vault``."""
    return {
        **policy.QUERIES,
        **proposals.queries(vault),
        **schools.QUERIES,
        **people.queries(vault),
        **family.queries(vault),
        **imports.queries(vault),
        **reviewing.queries(vault),
        **publicity.queries(vault),
        **agreements.queries(vault),
        **cockpit.queries(vault),
        **pack.queries(vault),
        **staffing.queries(vault),
        **offerings.queries(vault),
        **sessions.queries(vault),
        **allocating.queries(vault),
        **places.QUERIES,
        **notices.queries(vault),
        **survey_results.queries(vault),
        **opinions.queries(vault),
    }
