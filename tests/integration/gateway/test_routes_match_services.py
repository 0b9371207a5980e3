"""What the API documents is what the services do."""

from __future__ import annotations

import pytest

from chassis.eventsourcing.application import CommandRoute, QueryRoute
from gateway.api import GROUPS
from gateway.api.routing import Command, Route
from tests.integration.gateway.conftest import Platform

ROUTES = [route for group in GROUPS for route in getattr(group, "ROUTES", ())]
BY_HAND = {
    "import_roster",
    "check_roster",
    "get_import",
    "get_roster_template",
    "export_roster",
    "erase_person",
    "read_events",
    "read_digest",
    "read_heads",
}
"""Operations whose views are functions, not rows of a table."""


def route_of(platform: Platform, service: str, operation: str) -> CommandRoute | QueryRoute:
    application = platform.embedded.services[service].application
    return application.commands.get(operation) or application.queries[operation]


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.service}.{route.operation}")
def test_a_documented_request_is_what_the_service_checks(platform: Platform, route: Route):
    behind = route_of(platform, route.service, route.operation)

    documented = route.body if isinstance(route, Command) else route.arguments
    checked = type(behind.schema) if behind.schema is not None else None
    assert documented is checked
    if isinstance(route, Command):
        assert isinstance(behind, CommandRoute) is route.keyed, "commands need a key, queries none"
    else:
        assert isinstance(behind, QueryRoute), "a GET changes nothing"


def test_every_operation_of_every_service_can_be_called(platform: Platform):
    there = {
        operation
        for service in platform.embedded.services.values()
        for operation in (*service.application.commands, *service.application.queries)
    }

    assert there - BY_HAND <= {route.operation for route in ROUTES}
    assert there >= BY_HAND
