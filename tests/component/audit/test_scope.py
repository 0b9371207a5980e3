"""Who sees which schools."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.kernel.call import Principal
from chassis.testing.world import call
from contracts.audit.oversight import VIEWS

BUREAU = Principal(account_id="b", role="bureau", district_id="d-1")
OFFICE = Principal(account_id="f", role="school_finance", school_id="s-1")


def shown(audit, by, **body):
    return [item["school_id"] for item in audit.see("funds", by, **body)["items"]]


@pytest.fixture
def schools(audit):
    audit.logs.school("s-1", "d-1", name="乙")
    audit.logs.school("s-2", "d-1", name="丙")
    audit.logs.school("s-3", "d-2", name="甲")
    audit.subscriber.catch_up()
    return audit


def test_a_bureau_sees_the_own_district_and_a_school_itself(schools):
    assert sorted(shown(schools, BUREAU)) == ["s-1", "s-2"]
    assert shown(schools, OFFICE) == ["s-1"]
    assert [item["school_name"] for item in schools.see("funds")["items"]] == ["丙", "乙", "甲"]
    assert shown(schools, Principal(account_id="o", role="operator"), district_id="d-2") == ["s-3"]


def test_reaching_for_another_district_or_school_finds_nothing(schools):
    assert schools.ask("funds", BUREAU, district_id="d-2")["kind"] == "unknown"
    assert shown(schools, BUREAU, school_id="s-3") == []
    assert schools.ask("funds", OFFICE, school_id="s-2")["kind"] == "unknown"
    assert shown(schools, OFFICE, district_id="d-2") == []


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("role", ["guardian", "teacher", "gate_guard"])
def test_others_see_no_oversight(schools, role, view):
    assert schools.ask(view, Principal(account_id="x", role=role))["kind"] == "forbidden"


@pytest.mark.parametrize("role", ["bureau", "school_office"])
def test_an_account_of_nowhere_sees_nothing(schools, role):
    assert shown(schools, Principal(account_id="x", role=role)) == []


def test_pages_follow_each_other(schools):
    first = schools.see("funds", limit=2)
    rest = schools.see("funds", limit=2, after=first["next"])

    assert [i["school_id"] for i in first["items"] + rest["items"]] == ["s-2", "s-1", "s-3"]
    assert rest["next"] is None


@pytest.mark.parametrize("who", [OFFICE, BUREAU], ids=lambda who: who.role)
def test_what_somebody_unnamed_told_is_proved_by_an_operator_only(schools, who):
    told = {"breach_id": "b-1", "school_id": "s-1", "kind": "drill", "source_role": "teacher"}
    event = schools.logs["safety"].say("s-1", "BreachReported", **told, anonymous=True)
    event["actor"] = {"account_id": "anonymous", "role": "teacher"}
    schools.subscriber.catch_up()
    assert schools.command_of("sign_tree_head", {"partition": "s-1"})["status"] == "ok"

    def prove(by: Principal, service: str, seq: int) -> Any:
        place = {"service": service, "partition": "s-1", "seq": str(seq)}
        return call(schools.service, by, "prove_event", place, {})

    assert prove(who, "safety", event["seq"])["code"] == "proof.unnamed"
    assert prove(who, "enrollment", 1)["status"] == "ok"
    operator = Principal(account_id="o", role="operator")
    assert prove(operator, "safety", event["seq"])["status"] == "ok"


@pytest.mark.parametrize(
    ("service", "type_", "data"),
    [
        (
            "safety",
            "BreachReported",
            {"breach_id": "b-1", "school_id": "s-1", "kind": "drill", "anonymous": False},
        ),
        ("enrollment", "ObjectionRaised", {"publicity_id": "p-1", "objection_id": "o-1"}),
    ],
    ids=["breach", "objection"],
)
def test_a_school_does_not_read_in_a_proof_who_spoke_of_it(schools, service, type_, data):
    told = {**data, "source_role": "guardian"} if service == "safety" else data
    seq = schools.logs[service].say("s-1", type_, **told)["seq"]
    schools.subscriber.catch_up()
    assert schools.command_of("sign_tree_head", {"partition": "s-1"})["status"] == "ok"

    place = {"service": service, "partition": "s-1", "seq": str(seq)}
    asked = [call(schools.service, by, "prove_event", place, {}) for by in (OFFICE, BUREAU)]
    assert [reply.get("code") for reply in asked] == ["proof.unnamed", None]
