"""A repeat is known by a fingerprint that nobody can guess back: keyed, of canonical JSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text

from chassis.assembly import build
from chassis.eventsourcing import migrate
from chassis.eventsourcing.application import KEYED
from chassis.eventsourcing.database import open_database
from chassis.kernel.call import CHINA, Principal
from chassis.service import Service
from chassis.settings import Settings
from chassis.testing.world import FixedClock, Silent, call, fresh_sqlite, settings_for
from chassis.vault import MasterKey, rewrap
from services.safety import migrations
from services.safety.definition import DEFINITION

TEACHER = Principal(account_id="t", role="teacher", school_id="school")
AT = {"school_id": "school"}
BODY = {
    "severity": "minor",
    "category": "injury",
    "occurred_at": "2026-09-01T15:50:00+08:00",
    "student_ids": ["ann", "bo"],
    "narrative": "周小满，家长电话 13800000000",
}
CLOCK = FixedClock(datetime(2026, 9, 1, 16, 0, tzinfo=CHINA))
NEW = MasterKey(b"n" * 32)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_for(fresh_sqlite(tmp_path / "safety.sqlite", migrations))


@pytest.fixture
def start() -> Iterator[Callable[[Settings], Service]]:
    """Start the service; what was started before is closed first."""
    running: list[Service] = []

    def started(settings: Settings) -> Service:
        if running:
            running.pop().database.close()
        running.append(build(DEFINITION, settings, CLOCK, {"enrollment": Silent()}))
        return running[0]

    yield started
    running.pop().database.close()


def report(service: Service, body: Mapping[str, Any] = BODY) -> dict[str, Any]:
    return call(service, TEACHER, "report_incident", AT, body, idempotency_key="k")


def stored(service: Service) -> str:
    with service.database.read() as connection:
        found: str = connection.execute(text("SELECT fingerprint FROM outcomes")).scalar_one()
    return found


def store(service: Service, fingerprint: str) -> None:
    with service.database.write() as connection:
        connection.execute(text("UPDATE outcomes SET fingerprint = :f"), {"f": fingerprint})


def of_the_release_before(body: Mapping[str, Any]) -> str:
    """The plain digest that the release before stored."""
    fields = {**body, **AT, "occurred_at": datetime.fromisoformat(body["occurred_at"])}
    written = repr(("report_incident", sorted({"guardian_notified_at": None, **fields}.items())))
    return hashlib.sha256(written.encode()).hexdigest()


def test_a_repeat_is_answered_and_the_order_of_its_fields_does_not_matter(settings, start):
    service = start(settings)
    first = report(service)

    assert report(service, dict(reversed(BODY.items()))) == first
    assert len(service.log.read("school")) == 1


def test_another_body_under_the_same_key_is_refused(settings, start):
    service = start(settings)
    report(service)

    for field, value in (("narrative", "别的"), ("student_ids", ["bo", "ann"])):
        assert report(service, {**BODY, field: value})["code"] == "idempotency-key-reused"


def test_what_is_stored_is_no_digest_that_anybody_can_compute(settings, start, tmp_path):
    service = start(settings)
    report(service)
    kept = stored(service)
    elsewhere = settings_for(fresh_sqlite(tmp_path / "other.sqlite", migrations))
    other = start(replace(elsewhere, master_key=NEW))
    report(other)

    request = {**BODY, **AT, "guardian_notified_at": None}
    texts = [
        json.dumps(what, ensure_ascii=False, sort_keys=True, separators=separators)
        for what in (BODY, request, ["report_incident", BODY], ["report_incident", request])
        for separators in ((",", ":"), (", ", ": "))
    ]
    digests = {
        of_the_release_before(BODY),
        *(hashlib.new(name, t.encode()).hexdigest() for t in texts for name in ("sha256", "md5")),
    }
    bare = kept.removeprefix(KEYED)
    assert len(bare) == 56
    assert not any(digest.startswith(bare) or bare in digest for digest in digests)
    assert stored(other) != kept


def test_a_rotation_of_the_master_key_in_between_changes_nothing(settings, start):
    first = report(start(settings))
    turning = replace(settings, master_key=NEW, old_master_keys=(settings.master_key,))

    service = start(turning)
    assert report(service) == first
    assert service.log.vault is not None
    rewrap(service.database, service.log.vault)
    assert report(service) == first

    service = start(replace(settings, master_key=NEW))
    assert report(service) == first
    assert report(service, {**BODY, "severity": "severe"})["code"] == "idempotency-key-reused"


def test_a_process_that_runs_on_during_a_rotation_knows_its_repeats(settings, start):
    rotated = replace(settings, reread_master_keys=lambda: [NEW, settings.master_key])
    service = start(rotated)
    first = report(service)
    with closing(open_database(settings.database_url)) as beside:
        rewrap(
            beside,
            replace(settings, master_key=NEW, old_master_keys=(settings.master_key,)).vault(),
        )

    assert report(service) == first
    assert report(start(rotated)) == first


def test_a_command_of_the_release_before_gets_its_first_answer(settings, start):
    service = start(settings)
    first = report(service)
    store(service, of_the_release_before(BODY))  # by a process that was not yet stopped

    assert report(service) == first


def test_the_upgrade_forgets_the_digests_of_the_release_before(tmp_path, start):
    url = f"sqlite:///{tmp_path / 'old.sqlite'}"
    first = release_before(url, of_the_release_before(BODY))

    service = start(settings_for(url))

    assert stored(service) == ""
    assert report(service) == first


def release_before(url: str, fingerprint: str) -> dict[str, Any]:
    """Make the tables of the release before, with the outcome of one command."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "alembic"))
    versions = Path(migrations.__file__).parent / "versions"
    config.set_main_option("version_locations", str(versions))
    config.set_main_option("path_separator", "os")
    reply = {"status": "ok", "body": {"incident_id": "i"}, "version": 1, "created": True}
    row = {"key": "t:k", "fingerprint": fingerprint, "reply": json.dumps(reply)}
    database = open_database(url)
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0004")
        connection.execute(
            text("INSERT INTO outcomes VALUES ('school', :key, :fingerprint, :reply)"), row
        )
    database.close()
    return reply
