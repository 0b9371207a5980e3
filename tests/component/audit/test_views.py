"""The four views, from the log alone."""

from __future__ import annotations

import pytest

from contracts.audit.oversight import VIEWS
from contracts.schemas import schema_of
from services.audit.views import enrollment
from tests.component.audit.logs import DAY

FULL = {
    "school_id": "s-1",
    "school_name": "北门小学",
    "district_id": "d-1",
}


@pytest.fixture
def school(audit):
    audit.logs.school("s-1", name="北门小学")
    return audit


def only(audit, view, **body):
    audit.subscriber.catch_up()
    seen = audit.see(view, **body)
    assert schema_of(VIEWS[view])().validate(seen) == {}
    [item] = seen["items"]
    return item


def test_enrollment_counts_what_became_of_applications(school):
    logs = school.logs
    logs["enrollment"].say(
        "s-1",
        "TermOpened",
        term_id="t-1",
        school_id="s-1",
        name="2026 秋",
        first_day="2026-09-01",
        last_day="2027-01-20",
    )
    for pupil in ("p-1", "p-2", "p-3"):
        logs.applied("s-1", pupil)
    logs.applied("s-1", "p-1", "ApplicationAccepted")
    logs.applied("s-1", "p-2", "ApplicationRejected")
    logs.applied("s-1", "p-4", "ParticipationDeclined")
    logs.enrolled("s-1", "p-1")

    counts = {
        "applied": 3,
        "accepted": 1,
        "rejected": 1,
        "declined": 1,
        "enrolled": 1,
        "withdrawn": 0,
    }
    assert only(school, "enrollment") == {
        **FULL,
        **counts,
        "terms": [{"term_id": "t-1", "name": "2026 秋", **counts}],
    }


@pytest.mark.clause("P1-079")
def test_who_withdraws_is_not_counted_as_enrolled_until_enrolled_again(school):
    logs = school.logs
    for pupil in ("p-1", "p-2"):
        logs.enrolled("s-1", pupil)
    logs.withdrew("s-1", "p-1")

    def counted():
        item = only(school, "enrollment")
        assert {name: item["terms"][0][name] for name in ("enrolled", "withdrawn")} == {
            name: item[name] for name in ("enrolled", "withdrawn")
        }
        return item["enrolled"], item["withdrawn"]

    assert counted() == (1, 1)
    logs.enrolled("s-1", "p-1")
    assert counted() == (2, 1)


def test_rows_from_before_withdrawals_go_on_counting():
    old = {"term_id": "t-1", "name": None, "applied": 2, "accepted": 2, "rejected": 0}
    old |= {"declined": 0, "enrolled": 2}
    event = {"type": "StudentWithdrawn", "data": {"term_id": "t-1"}}

    after = enrollment.fold(old, event, "t-1")

    assert after == {**old, "enrolled": 1, "withdrawn": 1}


def test_funds_add_up_by_month(school):
    school.logs.charged("s-1", "p-1")
    school.logs.charged("s-1", "p-2", waived=4000)
    school.logs.charged("s-1", "p-1", month="2026-10")
    school.logs.paid("s-1", "p-1", 8000)
    school.logs.paid("s-1", "p-2", 1000)

    item = only(school, "funds")

    assert {name: item[name] for name in item if name.endswith("_fen")} == {
        "standard_fen": 24000,
        "waived_fen": 4000,
        "charged_fen": 20000,
        "collected_fen": 9000,
        "open_fen": 11000,
    }
    assert item["months"] == [
        {
            "month": "2026-09",
            "standard_fen": 16000,
            "waived_fen": 4000,
            "charged_fen": 12000,
            "collected_fen": 9000,
            "pupils_charged": 2,
            "pupils_waived": 1,
        },
        {
            "month": "2026-10",
            "standard_fen": 8000,
            "waived_fen": 0,
            "charged_fen": 8000,
            "collected_fen": 0,
            "pupils_charged": 1,
            "pupils_waived": 0,
        },
    ]


def test_custody_shows_who_has_not_been_handed_over(school):
    school.logs.roll("s-1", present=["p-0"], absent=[], day="2026-08-31")
    school.logs.roll("s-1", present=["p-1", "p-2", "p-3"], absent=["p-4"])
    school.logs.refused("s-1", "p-2")
    school.logs.handed_over("s-1", "p-1")

    item = only(school, "custody", school_id="s-1")

    assert {name: item[name] for name in item if isinstance(item[name], int)} == {
        "checked_in": 3,
        "handed_over": 1,
        "absent": 1,
        "refusals": 1,
        "present": 3,
        "left_over": 1,
    }
    assert [(child["student_id"], child["date"]) for child in item["children"]] == [
        ("p-0", "2026-08-31"),
        ("p-2", DAY),
        ("p-3", DAY),
    ]
    assert only(school, "custody")["children"] == []


def test_a_corrected_roll_counts_once(school):
    school.logs.roll("s-1", present=["p-1", "p-2"], absent=[])
    school.logs.roll("s-1", present=["p-1"], absent=["p-2"])

    item = only(school, "custody", school_id="s-1")

    assert (item["checked_in"], item["absent"], item["present"]) == (1, 1, 1)


def test_a_repeated_roll_keeps_the_time_of_arrival(school):
    school.logs.roll("s-1", present=["p-1"], absent=[])
    first = school.logs["attendance"].events[-1]["occurred_at"]
    school.logs.roll("s-1", present=["p-1"], absent=[])

    [child] = only(school, "custody", school_id="s-1")["children"]
    assert child["since"] == first


def test_incidents_show_how_soon_the_guardians_were_told(school):
    school.logs.incident("s-1", "i-1", notified="2026-09-01T16:07:30+08:00")
    school.logs.incident("s-1", "i-2")
    school.logs.incident("s-1", "i-3")
    school.logs.notified("s-1", "i-3", "2026-09-01T16:45:00+08:00")

    item = only(school, "incidents")

    assert (item["reported"], item["not_notified"], item["by_severity"]) == (3, 1, {"minor": 3})
    assert [(i["incident_id"], i["minutes_to_notice"]) for i in item["incidents"]] == [
        ("i-3", 45),
        ("i-2", None),
        ("i-1", 7),
    ]


@pytest.mark.parametrize("view", sorted(VIEWS))
def test_a_school_without_events_is_shown_with_zeros(school, view):
    item = only(school, view)

    assert item["school_name"] == "北门小学"
    assert all(value == 0 for value in item.values() if isinstance(value, int))


def test_there_is_no_other_view(audit):
    assert audit.ask("grades")["code"] == "audit.view-unknown"


def planned(audit, *told, at=None):
    """Say the events of one term's plan; ``told`` are names with what else they carry."""
    for name, more in told:
        event = audit.logs["enrollment"].say("s-1", name, term_id="t-1", **more)
        if at:
            event["occurred_at"] = at


DRAFTED = ("ServicePlanDrafted", {"school_id": "s-1"})
PREPARED = ("PreparationBegun", {})
SUBMITTED = ("ServicePlanSubmitted", {"version": 1, "documents": {}})
RETURNED = ("ServicePlanReturned", {"version": 1, "items": []})
AGAIN = ("ServicePlanSubmitted", {"version": 2, "documents": {}})
APPROVED = ("ServicePlanApproved", {"version": 2})
STARTED = ("ServiceStarted", {"version": 2})
REVISED = ("ServicePlanRevised", {"version": 3})
PACK = {"parts": {}, "pack_sha256": "0" * 64}


@pytest.mark.clause("P1-024")
def test_plans_show_what_waits_and_for_how_many_days(school):
    planned(school, DRAFTED, PREPARED)
    planned(school, SUBMITTED, at="2026-08-25T23:00:00.000+08:00")

    item = only(school, "plans")

    assert (item["waiting"], item["longest_wait_days"]) == (1, 7)
    assert item["terms"][0]["days_waiting"] == 7
    planned(school, RETURNED)
    item = only(school, "plans")
    assert (item["waiting"], item["returned"], item["longest_wait_days"]) == (0, 1, 0)
    assert item["terms"][0]["returns"] == 1
    planned(school, AGAIN, APPROVED)
    item = only(school, "plans")
    assert (item["approved"], item["returned"]) == (1, 0)
    assert (item["terms"][0]["in_force"], item["terms"][0]["days_waiting"]) == (2, None)


@pytest.mark.parametrize(
    ("then", "counted"),
    [
        ((), "running"),
        ((REVISED,), "preparing"),
        ((REVISED, ("ServicePlanSubmitted", {"version": 3, "documents": {}})), "waiting"),
        ((REVISED, ("ServicePlanApproved", {"version": 3})), "running"),
        ((("ServicePlanClosed", {}),), None),
    ],
)
def test_a_running_plan_is_revised_and_runs_on(school, then, counted):
    planned(school, DRAFTED, PREPARED, AGAIN, APPROVED, STARTED, *then)

    item = only(school, "plans")

    names = ("preparing", "waiting", "returned", "approved", "running")
    assert {name for name in names if item[name]} == ({counted} if counted else set())


@pytest.mark.clause("P2-094")
def test_plans_show_filings_that_nobody_acknowledged(school):
    planned(school, DRAFTED, ("SemesterPackFiled", {"filing": 1, **PACK}))
    assert only(school, "plans")["unacknowledged"] == 1

    planned(school, ("SemesterPackAcknowledged", {"filing": 1}))
    assert only(school, "plans")["unacknowledged"] == 0

    planned(school, ("SemesterPackFiled", {"filing": 2, **PACK}))
    item = only(school, "plans")
    assert item["unacknowledged"] == 1
    assert (item["terms"][0]["filing"], item["terms"][0]["acknowledged"]) == (2, 1)


def test_a_term_without_a_plan_is_one_to_prepare(school):
    school.logs["enrollment"].say(
        "s-1",
        "TermOpened",
        term_id="t-1",
        school_id="s-1",
        name="2026 秋",
        first_day="2026-09-01",
        last_day="2027-01-20",
    )

    item = only(school, "plans")

    assert item["preparing"] == 1
    assert (item["terms"][0]["name"], item["terms"][0]["standing"]) == ("2026 秋", "none")
