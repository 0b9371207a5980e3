"""A fresh town for each test that asks for one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from chassis.assembly import build
from chassis.kernel.call import CHINA
from chassis.testing.world import FixedClock, fresh_sqlite, settings_for
from services.safety import migrations
from services.safety.definition import DEFINITION
from tests.component.audit.logs import Log
from tests.component.safety.town import Town, speak


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    enrollment = Log("enrollment")
    clock = FixedClock(datetime(2026, 9, 1, 16, 0, tzinfo=CHINA))
    settings = settings_for(fresh_sqlite(tmp_path / "safety.sqlite", migrations))
    service = build(DEFINITION, settings, clock, {"enrollment": enrollment})
    speak(enrollment)
    assert service.subscriber is not None
    service.subscriber.catch_up()
    yield Town(service, enrollment)
    service.database.close()
