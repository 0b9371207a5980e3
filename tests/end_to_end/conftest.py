"""Worlds to tell stories in."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

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


# Debian's Chromium must neither talk to anybody nor keep anything.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session", name="browser")
def _browser(chromium: str) -> Iterator[Browser]:
    """The browser that all tests share; each opens windows of its own and closes them."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield browser
        browser.close()


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
