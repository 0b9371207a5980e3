"""Worlds to tell stories in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.end_to_end.worlds import SERVICES, ClusterWorld, EmbeddedWorld, World

BEFORE_TERM = "2026-08-20T09:00:00+08:00"


@pytest.fixture(params=["embedded", "cluster"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """The platform, empty, before the term: once embedded, once as a cluster."""
    made: EmbeddedWorld | ClusterWorld
    if request.param == "embedded":
        made = EmbeddedWorld(tmp_path, BEFORE_TERM)
    else:
        fresh_database: Callable[..., str] = request.getfixturevalue("fresh_database")
        fresh_vhost: Callable[..., str] = request.getfixturevalue("fresh_vhost")
        databases = {name: fresh_database(name) for name in (*SERVICES, "gateway")}
        made = ClusterWorld(tmp_path, BEFORE_TERM, databases, fresh_vhost("story"))
    yield made
    made.close()
