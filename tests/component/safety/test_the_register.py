"""The incident register over a database: scope, the vault, and the command's outcome."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from chassis.assembly import build
from chassis.kernel.call import CHINA, Principal
from chassis.service import Service
from chassis.testing.world import FixedClock, Silent, call, fresh_sqlite, settings_for
from services.safety import migrations
from services.safety.definition import DEFINITION

TEACHER = Principal(account_id="t", role="teacher", school_id="school")
STRANGER = Principal(account_id="x", role="teacher", school_id="another")
BUREAU = Principal(account_id="b", role="bureau", district_id="district")
GUARDIAN = Principal(account_id="g", role="guardian", person_id="mum")
AT = {"school_id": "school"}
BODY = {
    "severity": "minor",
    "category": "injury",
    "occurred_at": "2026-09-01T15:50:00+08:00",
    "student_ids": ["ann"],
    "narrative": "跑步时擦破膝盖",
}


@pytest.fixture
def safety(tmp_path: Path) -> Iterator[Service]:
    clock = FixedClock(datetime(2026, 9, 1, 16, 0, tzinfo=CHINA))
    settings = settings_for(fresh_sqlite(tmp_path / "safety.sqlite", migrations))
    service = build(DEFINITION, settings, clock, {"enrollment": Silent()})
    yield service
    service.database.close()


def report(safety: Service, who: Principal = TEACHER, **changes: Any) -> dict[str, Any]:
    body = {**BODY, **changes}
    return call(safety, who, "report_incident", AT, body, idempotency_key=f"k{changes}")


def test_a_reported_incident_is_in_the_register(safety: Service) -> None:
    made = report(safety)

    (item,) = call(safety, TEACHER, "list_incidents", AT)["body"]["items"]
    assert item["incident_id"] == made["body"]["incident_id"]
    assert (item["severity"], item["guardian_notified_at"]) == ("minor", None)


def test_what_happened_is_told_in_the_vault_and_not_in_the_event(safety: Service) -> None:
    incident_id = report(safety)["body"]["incident_id"]

    (event,) = safety.log.read("school")
    assert "膝盖" not in str(event)
    assert safety.log.vault is not None
    with safety.database.read() as connection:
        stored = safety.log.vault.session(connection).get(incident_id, "narrative")
    assert stored == BODY["narrative"]


def test_a_repeated_request_gets_the_first_answer_and_reports_once(safety: Service) -> None:
    assert report(safety) == report(safety)
    assert len(safety.log.read("school")) == 1


def test_a_key_used_for_something_else_is_refused(safety: Service) -> None:
    report(safety)
    other = call(
        safety,
        TEACHER,
        "report_incident",
        AT,
        {**BODY, "severity": "severe"},
        idempotency_key="k{}",
    )

    assert other["code"] == "idempotency-key-reused"
    assert len(safety.log.read("school")) == 1


def test_telling_the_guardians_is_recorded_once(safety: Service) -> None:
    at = {"incident_id": report(safety)["body"]["incident_id"]}
    first = call(safety, TEACHER, "notify_guardian", at, {}, idempotency_key="n1")
    again = call(safety, TEACHER, "notify_guardian", at, {}, idempotency_key="n2")

    assert first["body"] == again["body"]
    assert [e["type"] for e in safety.log.read("school")] == [
        "IncidentReported",
        "IncidentGuardianNotified",
    ]


@pytest.mark.parametrize(
    ("who", "kind"), [(STRANGER, "unknown"), (BUREAU, "forbidden"), (GUARDIAN, "forbidden")]
)
def test_only_the_schools_own_people_report(safety: Service, who: Principal, kind: str) -> None:
    assert report(safety, who)["kind"] == kind
    assert safety.log.read("school") == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("severity", "huge"),
        ("occurred_at", "yesterday"),
        ("occurred_at", "2026-09-01T15:50:00"),
        ("student_ids", "ann"),
        ("narrative", ""),
        ("colour", "red"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_stored(
    safety: Service, field: str, value: object
) -> None:
    refusal = report(safety, **{field: value})

    assert (refusal["kind"], list(refusal["errors"])) == ("invalid", [field])
    assert safety.log.read("school") == []


def test_acting_on_an_older_version_is_refused(safety: Service) -> None:
    at = {"incident_id": report(safety)["body"]["incident_id"]}

    refusal = call(safety, TEACHER, "notify_guardian", at, {}, idempotency_key="n", if_match=7)
    assert refusal["code"] == "version-mismatch"
