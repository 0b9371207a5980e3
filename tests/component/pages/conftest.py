"""One gateway for all tests of pages; what a test changes is undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from chassis.clock import DemoClock
from chassis.testing.world import TOKEN_KEY
from gateway.accounts import Accounts
from gateway.app import create_app
from tests.component.gateway.world import NOW, World
from tests.component.pages.answers import answers
from tests.component.pages.world import Browser, SchoolDay, browse


@pytest.fixture(scope="package", name="built")
def _built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("pages")
    accounts = Accounts.open(f"sqlite:///{folder / 'gateway.sqlite'}")
    clock = DemoClock(NOW, datetime.now(UTC))
    day = SchoolDay(answers())
    app = create_app(
        caller=day,
        accounts=accounts,
        clock=clock,
        token_key=TOKEN_KEY,
        cookie_secret=b"c" * 32,
        demo_clock=clock,
    )
    yield World(app, day, accounts)  # type: ignore[arg-type]
    accounts.close()


@pytest.fixture
def day(built: World) -> SchoolDay:
    """The services behind the pages, as on an ordinary school day."""
    services: SchoolDay = built.services  # type: ignore[assignment]
    services.answers = answers()
    services.refusals.clear()
    services.failures.clear()
    services.calls.clear()
    return services


@pytest.fixture
def as_(built: World, day: SchoolDay) -> Callable[..., Browser]:
    """``as_("guardian")`` or ``as_("teacher", "en")``: a browser of that person."""
    del day
    return lambda role, language="zh": browse(built, role, language)
