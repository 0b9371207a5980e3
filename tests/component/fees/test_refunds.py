"""A withdrawal asks back what was charged for months that the pupil no longer attends."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.kernel.call import Principal
from chassis.testing.world import call
from contracts.fees.charges import Charges, Refunds
from contracts.schemas import schema_of
from tests.component.fees.conftest import DEXING_SCHOOL, URBAN_SCHOOL, Fees, finance

WHOSE = {
    "application_id": "a-p-1-t-1",
    "school_id": URBAN_SCHOOL,
    "student_id": "p-1",
    "term_id": "t-1",
}
MUM = Principal(account_id="mum", role="guardian", person_id="g-p-1")
OTHER_MUM = Principal(account_id="other", role="guardian", person_id="g-p-2")
OPERATOR = Principal(account_id="ops", role="operator")


def withdrawn(fees: Fees, effective_on: str, application_id: str = "a-p-1-t-1") -> None:
    whose = {**WHOSE, "application_id": application_id}
    fees.enrollment.say(
        URBAN_SCHOOL, "StudentWithdrawn", **whose, effective_on=effective_on, by="school"
    )
    fees.listen()


def enrolled_again(fees: Fees, starts_on: str, *kinds: str) -> None:
    fees.enrollment.say(
        URBAN_SCHOOL,
        "StudentEnrolled",
        **{**WHOSE, "application_id": "a-again"},
        class_id="c-1",
        service_kinds=list(kinds or ("after_school_custody",)),
        starts_on=starts_on,
        ends_on="2027-01-20",
    )
    fees.listen()


def run(fees: Fees, *months: str) -> None:
    fees.at(f"{months[-1]}-01T08:00:00")
    for month in months:
        assert fees.ask("run_charges", month=month)["body"]["refused"] == []


def pay(fees: Fees, amount_fen: int, month: str = "2026-10") -> dict[str, Any]:
    return fees.ask(
        "record_payment", student="p-1", month=month, amount_fen=amount_fen, method="cash"
    )


def refunds(fees: Fees, by: Principal | None = None) -> list[dict[str, Any]]:
    answer = fees.ask("list_refunds", by=by, student="p-1")["body"]
    assert schema_of(Refunds)().validate(answer) == {}
    items: list[dict[str, Any]] = answer["items"]
    return items


def charges(fees: Fees) -> dict[str, dict[str, Any]]:
    answer = fees.ask("list_charges", student="p-1")["body"]
    assert schema_of(Charges)().validate(answer) == {}
    return {each["month"]: each for each in answer["items"]}


def asked_back(fees: Fees) -> list[tuple[str, int, int]]:
    return [
        (each["data"]["month"], each["data"]["amount_fen"], each["data"]["lapsed_fen"])
        for each in fees.events()
        if each["type"] == "RefundRequested"
    ]


@pytest.mark.clause("P1-079")
@pytest.mark.parametrize(
    ("effective_on", "months"),
    [
        ("2026-09-01", ["2026-09", "2026-10"]),
        ("2026-09-02", ["2026-10"]),
        ("2026-10-01", ["2026-10"]),
        ("2026-10-02", []),
        ("2026-11-01", []),
    ],
)
def test_charged_months_that_begin_on_or_after_the_day_are_asked_back(fees, effective_on, months):
    run(fees, "2026-09", "2026-10")
    withdrawn(fees, effective_on)

    assert asked_back(fees) == [(month, 0, 8000) for month in months]
    assert {each["student_id"] for each in refunds(fees)} <= {"p-1"}


@pytest.mark.clause("P1-079")
def test_what_was_paid_goes_back_and_nothing_is_open_any_more(fees):
    run(fees, "2026-09", "2026-10")
    pay(fees, 5000)
    withdrawn(fees, "2026-10-01")

    [refund] = refunds(fees)
    assert (refund["month"], refund["amount_fen"], refund["lapsed_fen"]) == ("2026-10", 5000, 3000)
    shown = charges(fees)
    assert (shown["2026-10"]["open_fen"], shown["2026-10"]["refund_id"]) == (
        0,
        refund["refund_id"],
    )
    assert (shown["2026-09"]["open_fen"], shown["2026-09"]["refund_id"]) == (8000, None)
    assert pay(fees, 3000)["code"] == "fees.month-refunded"
    total = fees.ask("run_charges", month="2026-10")["body"]
    assert (total["charged"], total["month_total"]["amount_fen"]) == (0, 8000)


def test_the_refund_says_what_caused_it_and_who_asked(fees):
    run(fees, "2026-09")
    withdrawn(fees, "2026-09-01")

    told = fees.events()[-1]
    assert (told["type"], told["data"]["cause"]) == ("RefundRequested", "withdrawn")
    assert told["actor"]["role"] == "system"
    assert told["causation_id"] == fees.enrollment.events[-1]["event_id"]
    assert told["data"]["charge_id"] == charges(fees)["2026-09"]["charge_id"]


@pytest.mark.clause("P1-079")
def test_hearing_the_withdrawal_again_asks_nothing_back_twice(fees):
    run(fees, "2026-09", "2026-10")
    withdrawn(fees, "2026-10-01")
    seq = fees.enrollment.events[-1]["seq"]
    at = {"service": "enrollment", "partition": URBAN_SCHOOL}
    body = {"from_seq": seq, "to_seq": seq, "again": True, "reason": "looking twice"}
    replayed = call(fees.service, OPERATOR, "replay", at, body)["body"]

    assert replayed["counts"] == {"applied again": 1}
    assert len(asked_back(fees)) == len(refunds(fees)) == 1


@pytest.mark.clause("P1-079")
def test_a_month_of_another_stay_is_not_asked_back(fees):
    enrolled_again(fees, "2026-10-20")
    run(fees, "2026-09", "2026-10")
    withdrawn(fees, "2026-09-01")

    assert [month for month, _, _ in asked_back(fees)] == ["2026-09"]


def test_a_stay_that_costs_nothing_keeps_no_charge(fees):
    enrolled_again(fees, "2026-10-20", "lunch")
    run(fees, "2026-10")
    withdrawn(fees, "2026-09-01")

    assert [month for month, _, _ in asked_back(fees)] == ["2026-10"]


@pytest.mark.clause("P1-079")
def test_who_comes_back_within_the_month_is_charged_anew(fees):
    run(fees, "2026-10")
    pay(fees, 8000)
    withdrawn(fees, "2026-10-01")
    enrolled_again(fees, "2026-10-12")
    first = charges(fees)["2026-10"]["charge_id"]
    again = fees.ask("run_charges", month="2026-10")["body"]
    assert (again["charged"], again["month_total"]["amount_fen"]) == (1, 16000)

    shown = charges(fees)["2026-10"]
    assert shown["charge_id"] != first
    assert (shown["open_fen"], shown["refund_id"], shown["payments"]) == (8000, None, [])
    pay(fees, 8000)
    assert [each["amount_fen"] for each in charges(fees)["2026-10"]["payments"]] == [8000]
    assert [each["charge_id"] for each in refunds(fees)] == [first]


@pytest.mark.clause("P1-079")
def test_school_finance_and_the_pupils_guardian_read_refunds(fees):
    run(fees, "2026-09")
    withdrawn(fees, "2026-09-01")

    assert refunds(fees, MUM) == refunds(fees, finance(URBAN_SCHOOL)) != []
    for stranger in (OTHER_MUM, finance(DEXING_SCHOOL)):
        reply = fees.ask("list_refunds", by=stranger, student="p-1")
        assert (reply["kind"], reply["code"])[0] == "unknown"
    office = Principal(account_id="o", role="school_office", school_id=URBAN_SCHOOL)
    assert fees.ask("list_refunds", by=office, student="p-1")["kind"] == "forbidden"


def test_refunds_are_paged_newest_first(fees):
    run(fees, "2026-09", "2026-10")
    withdrawn(fees, "2026-09-01")
    first = fees.ask("list_refunds", student="p-1", limit=1)["body"]
    rest = fees.ask("list_refunds", student="p-1", limit=1, after=first["next"])["body"]

    # One withdrawal asks both back in one instant: their ids may fall either way.
    ids = [each["refund_id"] for each in (*first["items"], *rest["items"])]
    assert ids == sorted(ids, reverse=True)
    assert {each["month"] for each in (*first["items"], *rest["items"])} == {"2026-09", "2026-10"}
