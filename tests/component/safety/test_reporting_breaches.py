"""Reports of breaches over a database: who may, who reads what, what an anonymous one leaves."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import MetaData

from chassis.kernel.call import CHINA, Principal
from contracts.safety.breaches import Breaches, BreachReport
from contracts.schemas import schema_of
from tests.component.safety.town import (
    BUREAU,
    FAR_BUREAU,
    FAR_MUM,
    MUM,
    OFFICE,
    STRANGER,
    WANG,
    Town,
)

TEACHING = {
    "kind": "collective_teaching",
    "narrative": "托管时间上新课",
    "occurred_on": "2026-08-31",
    "anonymous": False,
}
UNNAMED = {**TEACHING, "anonymous": True}
OPERATOR = Principal(account_id="a-operator", role="operator")


def listed(town: Town, who: Principal) -> list[dict[str, Any]]:
    answer = town.ok(who, "list_breaches")
    assert schema_of(Breaches)().validate(answer) == {}
    items: list[dict[str, Any]] = answer["items"]
    return items


def stored(town: Town) -> str:
    """Everything in the database as text."""
    with town.service.database.read() as connection:
        metadata = MetaData()
        metadata.reflect(connection)
        return "\n".join(
            repr(tuple(row))
            for table in metadata.sorted_tables
            for row in connection.execute(table.select())
        )


@pytest.mark.clause("P1-009", "P2-006", "P2-010")
@pytest.mark.parametrize("who", [MUM, WANG, OFFICE, BUREAU], ids=lambda who: who.role)
@pytest.mark.parametrize(
    "kind", ["collective_teaching", "new_lesson", "makeup", "forced_enrolment"]
)
def test_those_around_a_school_report_and_the_bureau_reads_it(
    town: Town, who: Principal, kind: str
):
    made = town.ok(who, "report_breach", {**TEACHING, "kind": kind})

    assert schema_of(BreachReport)().validate(made) == {}
    (item,) = listed(town, BUREAU)
    assert item == {
        **TEACHING,
        "breach_id": made["breach_id"],
        "school_id": "school",
        "kind": kind,
        "reported_on": "2026-09-01",
        "source_role": who.role,
    }


@pytest.mark.parametrize(
    ("who", "kind"),
    [
        (STRANGER, "unknown"),
        (FAR_MUM, "unknown"),
        (FAR_BUREAU, "unknown"),
        (OPERATOR, "forbidden"),
    ],
    ids=lambda each: getattr(each, "account_id", each),
)
@pytest.mark.parametrize("anonymous", [False, True])
def test_who_has_nothing_to_do_with_a_school_does_not_report(
    town: Town, who: Principal, kind: str, anonymous: bool
):
    reply = town.ask(who, "report_breach", {**TEACHING, "anonymous": anonymous})

    assert reply["kind"] == kind
    assert town.events() == []


def test_what_somebody_saw_is_told_in_the_vault_and_not_in_the_event(town: Town):
    breach_id = town.ok(MUM, "report_breach", TEACHING)["breach_id"]

    (event,) = town.events()
    assert "新课" not in str(event)
    assert town.told(breach_id) == {"narrative": TEACHING["narrative"]}
    assert event["actor"] == {"account_id": "a-mum", "role": "guardian"}


@pytest.mark.clause("P2-006")
def test_an_anonymous_report_leaves_nothing_that_leads_to_the_reporter(town: Town):
    context = {"idempotency_key": "key-of-mum", "correlation_id": "request-of-mum"}
    town.ok(MUM, "report_breach", UNNAMED, **context)

    (event,) = town.events()
    everything = stored(town)
    assert event["actor"] == {"account_id": "anonymous", "role": "guardian"}
    assert event["data"]["anonymous"] is True
    for trace in ("a-mum", "key-of-mum", "request-of-mum"):
        assert trace not in everything


def test_a_named_report_can_be_found_where_the_anonymous_one_leaves_nothing(town: Town):
    context = {"idempotency_key": "key-of-mum", "correlation_id": "request-of-mum"}
    town.ok(MUM, "report_breach", TEACHING, **context)

    everything = stored(town)
    for trace in ("a-mum", "key-of-mum", "request-of-mum"):
        assert trace in everything


@pytest.mark.parametrize("body", [TEACHING, UNNAMED], ids=["named", "anonymous"])
def test_a_repeated_request_reports_once_and_another_persons_same_key_is_another(
    town: Town, body: dict[str, Any]
):
    first = town.ok(MUM, "report_breach", body, idempotency_key="k")
    again = town.ok(MUM, "report_breach", body, idempotency_key="k")
    other = town.ok(WANG, "report_breach", body, idempotency_key="k")

    assert first == again != other
    assert len(town.events()) == 2


@pytest.mark.clause("P2-006")
def test_the_inspected_school_does_not_read_who_spoke_or_what_could_show_it(town: Town):
    town.ok(MUM, "report_breach", TEACHING)
    town.ok(WANG, "report_breach", {**UNNAMED, "kind": "drill"})

    named, hidden = listed(town, OFFICE)  # an anonymous one stands at the beginning of its day
    assert (hidden["kind"], hidden["occurred_on"]) == ("drill", "2026-08-31")
    assert (hidden["narrative"], hidden["source_role"]) == (None, None)
    assert (named["narrative"], named["source_role"]) == (TEACHING["narrative"], "guardian")
    assert [each["narrative"] for each in listed(town, BUREAU)] == [TEACHING["narrative"]] * 2


@pytest.mark.clause("P2-006")
def test_the_id_of_an_anonymous_report_tells_the_day_and_not_the_instant(town: Town):
    made = [town.ok(MUM, "report_breach", UNNAMED)["breach_id"] for _ in range(3)]
    town.ok(MUM, "report_breach", TEACHING)

    told = {datetime.fromtimestamp((UUID(each).int >> 80) / 1000, CHINA).time() for each in made}
    assert told == {time(0)}
    assert len(set(made)) == 3
    named, *hidden = [each["breach_id"] for each in listed(town, OFFICE)]
    assert sorted(hidden) == sorted(made)
    assert named not in made


@pytest.mark.parametrize(
    ("who", "kind"),
    [(STRANGER, "unknown"), (FAR_BUREAU, "unknown"), (MUM, "forbidden"), (WANG, "forbidden")],
    ids=lambda each: getattr(each, "account_id", each),
)
def test_reports_are_read_by_the_office_and_the_districts_bureau(
    town: Town, who: Principal, kind: str
):
    assert town.ask(who, "list_breaches")["kind"] == kind


def test_the_list_comes_page_by_page_newest_first(town: Town):
    made = [town.ok(MUM, "report_breach", TEACHING)["breach_id"] for _ in range(3)]
    first = town.ok(BUREAU, "list_breaches", {"limit": 2})
    rest = town.ok(BUREAU, "list_breaches", {"limit": 2, "after": first["next"]})

    pages = [each["breach_id"] for each in (*first["items"], *rest["items"])]
    assert pages == sorted(made, reverse=True)
    assert rest["next"] is None


@pytest.mark.parametrize(
    ("field", "value"),
    [("kind", "noise"), ("narrative", ""), ("anonymous", None), ("occurred_on", "yesterday")],
)
def test_a_wrong_field_is_named_and_nothing_is_stored(town: Town, field: str, value: object):
    refusal = town.ask(MUM, "report_breach", {**TEACHING, field: value})

    assert (refusal["kind"], list(refusal["errors"])) == ("invalid", [field])
    assert town.events() == []
