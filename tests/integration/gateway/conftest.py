"""The gateway over the real services, in one process."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask

from chassis.kernel.call import Principal
from chassis.security import issue_token
from chassis.testing.world import FixedClock
from hp3.embedded import Embedded, open_embedded
from hp3.server import web_application
from tests.component.gateway.world import NOW

ROLES = (
    "guardian",
    "teacher",
    "gate_guard",
    "school_office",
    "school_finance",
    "bureau",
    "operator",
)


@dataclass(frozen=True)
class Platform:
    """Everything, and who calls it."""

    embedded: Embedded
    app: Flask

    def as_(self, role: str) -> dict[str, str]:
        """Return the headers of an API client in ``role``, in school, district and class x1."""
        principal = Principal(
            account_id=f"a-{role}",
            role=role,
            person_id="x1",
            school_id="x1",
            district_id="x1",
            class_ids=("x1",),
        )
        return {"Authorization": f"Bearer {issue_token(principal, self.embedded.keys.token)}"}


@pytest.fixture(scope="package")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """The platform with nothing in it."""
    embedded = open_embedded(tmp_path_factory.mktemp("platform"), FixedClock(NOW))
    yield Platform(embedded, web_application(embedded))
    embedded.close()


@pytest.fixture(scope="package")
def spec(platform: Platform) -> dict[str, Any]:
    """The OpenAPI document."""
    return dict(platform.app.test_client().get("/openapi.json").json)
