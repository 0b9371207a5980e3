"""Reporting an incident, and telling the guardians."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from chassis.kernel.call import CHINA
from chassis.testing.scenario import Scenario
from contracts.safety.incidents import IncidentGuardianNotified, IncidentReported
from services.safety.incidents import errors
from services.safety.incidents.domain import INCIDENT, NotifyGuardian, ReportIncident

NOW = datetime(2026, 9, 1, 16, 0, tzinfo=CHINA)
HAPPENED = NOW - timedelta(minutes=10)

incident = Scenario(INCIDENT)

report = ReportIncident(
    incident_id="i-1",
    school_id="school",
    severity="minor",
    category="injury",
    occurred_at=HAPPENED,
    student_ids=("ann",),
    guardian_notified_at=None,
    now=NOW,
)
reported = IncidentReported(
    incident_id="i-1",
    school_id="school",
    severity="minor",
    category="injury",
    occurred_at=HAPPENED,
    student_ids=("ann",),
    guardian_notified_at=None,
)
notify = NotifyGuardian(incident_id="i-1", notified_at=NOW - timedelta(minutes=5), now=NOW)
notified = IncidentGuardianNotified(incident_id="i-1", notified_at=NOW - timedelta(minutes=5))


@pytest.mark.clause("P2-113")
def test_an_incident_is_reported_with_severity_and_the_time_it_happened() -> None:
    incident.given().when(report).then(reported)


@pytest.mark.clause("P2-113")
def test_the_time_of_notice_may_come_with_the_report() -> None:
    told = NOW - timedelta(minutes=1)

    incident.given().when(replace(report, guardian_notified_at=told)).then(
        replace(reported, guardian_notified_at=told)
    )


def test_reporting_the_same_incident_again_changes_nothing() -> None:
    incident.given(reported).when(report).then_nothing()


def test_an_incident_cannot_be_in_the_future() -> None:
    ahead = replace(report, occurred_at=NOW + timedelta(seconds=1))

    incident.given().when(ahead).then_refused(errors.IncidentInTheFuture)


@pytest.mark.parametrize("told", [HAPPENED - timedelta(seconds=1), NOW + timedelta(seconds=1)])
def test_guardians_are_told_after_it_happened_and_not_in_the_future(told: datetime) -> None:
    incident.given().when(replace(report, guardian_notified_at=told)).then_refused(
        errors.NoticeOutOfOrder
    )
    incident.given(reported).when(replace(notify, notified_at=told)).then_refused(
        errors.NoticeOutOfOrder
    )


@pytest.mark.clause("P2-113")
def test_the_guardians_are_told() -> None:
    incident.given(reported).when(notify).then(notified)


def test_the_first_notice_stands() -> None:
    later = replace(notify, notified_at=NOW)

    incident.given(reported, notified).when(later).then_nothing()
    incident.given(replace(reported, guardian_notified_at=NOW)).when(notify).then_nothing()


def test_nobody_is_told_of_an_unknown_incident() -> None:
    incident.given().when(notify).then_refused(errors.IncidentUnknown)
