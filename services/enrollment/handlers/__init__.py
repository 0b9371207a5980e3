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
    helpers,
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
    public,
    publicity,
    reviewing,
    schools,
    sessions,
    staffing,
    support,
    survey_results,
    surveys,
    voluntariness,
)

COMMANDS = {
    **policy.COMMANDS,
    **proposals.COMMANDS,
    **schools.COMMANDS,
    **people.COMMANDS,
    **imports.COMMANDS,
    **applications.COMMANDS,
    **publicity.COMMANDS,
    **plan.COMMANDS,
    **pack.COMMANDS,
    **helpers.COMMANDS,
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
        **public.queries(vault),
        **pack.queries(vault),
        **helpers.queries(vault),
        **staffing.queries(vault),
        **offerings.queries(vault),
        **sessions.queries(vault),
        **allocating.queries(vault),
        **support.queries(vault),
        **places.QUERIES,
        **voluntariness.QUERIES,
        **notices.queries(vault),
        **survey_results.queries(vault),
        **opinions.queries(vault),
    }
