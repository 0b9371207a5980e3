"""Worlds to tell stories in."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.end_to_end.worlds import (
    SERVICES,
    ClusterWorld,
    ComposeWorld,
    EmbeddedWorld,
    World,
)

WORLDS = os.environ.get("HP3_TEST_WORLDS", "embedded cluster").split()
"""Which worlds to tell the stories in; ``compose`` needs a Docker engine and a ``.env``."""

BEFORE_TERM = "2026-08-20T09:00:00+08:00"


@pytest.fixture(params=WORLDS)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """The platform, empty, before the term: once embedded, once as a cluster."""
    made: EmbeddedWorld | ClusterWorld | ComposeWorld
    if request.param == "embedded":
        made = EmbeddedWorld(tmp_path, BEFORE_TERM)
    elif request.param == "compose":
        made = ComposeWorld(tmp_path, BEFORE_TERM)
    else:
        fresh_database: Callable[..., str] = request.getfixturevalue("fresh_database")
        fresh_vhost: Callable[..., str] = request.getfixturevalue("fresh_vhost")
        migrated: Callable[[str], str] = request.getfixturevalue("migrated_database")
        databases = {name: migrated(name) for name in SERVICES}
        databases["gateway"] = fresh_database("gateway")
        made = ClusterWorld(tmp_path, BEFORE_TERM, databases, fresh_vhost("story"))
    yield made
    made.close()
