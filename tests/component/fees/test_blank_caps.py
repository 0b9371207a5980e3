"""Plan 2 leaves the caps blank: nothing is charged until the bureau fills them."""

from __future__ import annotations

import pytest

from tests.component.fees.conftest import DEXING_SCHOOL, JUNIOR_SCHOOL, URBAN_SCHOOL, finance

CAPS = [
    pytest.param(
        DEXING_SCHOOL, "fee_cap_primary_fen", "P2-065", marks=pytest.mark.clause("P2-065")
    ),
    pytest.param(JUNIOR_SCHOOL, "fee_cap_junior_fen", "P2-066", marks=pytest.mark.clause("P2-066")),
]


def ask(fees, school, operation, **body):
    return fees.ask(operation, by=finance(school), school=school, **body)


def set_tariff(fees, school, fen, since="2026-09-01"):
    return ask(fees, school, "set_tariff", amount_fen=fen, effective_from=since)


@pytest.mark.parametrize(("school", "parameter", "clause"), CAPS)
def test_a_blank_cap_is_named_until_the_bureau_sets_it(fees, school, parameter, clause):
    for refused in (
        set_tariff(fees, school, 6000),
        ask(fees, school, "run_charges", month="2026-09"),
    ):
        assert refused["code"] == "fees.parameter-unset"
        assert refused["clauses"] == [clause]
        assert parameter in refused["detail"]["zh"]
        assert parameter in refused["detail"]["en"]
    assert ask(fees, school, "get_tariff")["body"]["unset"] == [parameter]

    fees.enrollment.policy("dexing", 2, "2026-09-01", {parameter: 6000})
    fees.listen()

    assert ask(fees, school, "run_charges", month="2026-09")["code"] == "fees.tariff-missing"
    assert set_tariff(fees, school, 6001)["code"] == "fees.tariff-above-cap"
    assert set_tariff(fees, school, 6000)["body"]["status"] == "provisional"
    run = ask(fees, school, "run_charges", month="2026-09")["body"]
    assert (run["charged"], run["total"]["amount_fen"]) == (1, 6000)
    shown = ask(fees, school, "get_tariff")["body"]
    assert (shown["amount_fen"], shown["cap_fen"], shown["unset"]) == (6000, 6000, [])


def test_a_cap_filled_in_the_middle_of_a_month_serves_that_month(fees):
    fees.at("2026-09-20T10:00:00")
    fees.enrollment.policy("dexing", 2, "2026-09-20", {"fee_cap_primary_fen": 6000})
    fees.listen()

    assert set_tariff(fees, DEXING_SCHOOL, 5000)["status"] == "ok"
    assert ask(fees, DEXING_SCHOOL, "run_charges", month="2026-09")["body"]["charged"] == 1


def test_a_lowered_cap_stops_a_price_above_it(fees):
    fees.enrollment.policy("dexing", 2, "2026-09-01", {"fee_cap_primary_fen": 6000})
    fees.listen()
    set_tariff(fees, DEXING_SCHOOL, 6000)
    ask(fees, DEXING_SCHOOL, "run_charges", month="2026-09")
    fees.at("2026-10-01T09:00:00")
    fees.enrollment.policy("dexing", 3, "2026-10-01", {"fee_cap_primary_fen": 4000})
    fees.listen()

    def run():
        return ask(fees, DEXING_SCHOOL, "run_charges", month="2026-10")

    assert run()["code"] == "fees.tariff-above-cap"
    assert set_tariff(fees, DEXING_SCHOOL, 4000)["code"] == "fees.month-already-charged"
    assert set_tariff(fees, DEXING_SCHOOL, 4000, "2026-10-01")["status"] == "ok"
    assert run()["body"]["total"]["amount_fen"] == 4000


def test_a_later_price_is_announced(fees):
    fees.enrollment.policy("dexing", 2, "2026-09-01", {"fee_cap_primary_fen": 6000})
    fees.listen()
    set_tariff(fees, DEXING_SCHOOL, 5000)
    set_tariff(fees, DEXING_SCHOOL, 6000, "2026-10-01")

    shown = ask(fees, DEXING_SCHOOL, "get_tariff")["body"]

    assert shown["amount_fen"] == 5000
    assert [later["amount_fen"] for later in shown["upcoming"]] == [6000]


@pytest.mark.clause("P2-073")
def test_a_waiver_without_a_ratio_names_the_parameter(fees):
    waiver = {"category": "hardship", "evidence": "x", "from_month": "2026-09"}

    def grant():
        return fees.ask("grant_waiver", by=finance(DEXING_SCHOOL), student="p-3", **waiver)

    refused = grant()
    assert refused["code"] == "fees.parameter-unset"
    assert refused["clauses"] == ["P2-073"]
    assert "waiver_ratio_bp" in refused["detail"]["en"]

    fees.enrollment.policy("dexing", 2, "2026-09-01", {"waiver_ratio_bp": {"hardship": 3000}})
    fees.listen()
    assert grant()["body"]["ratio_bp"] == 3000


@pytest.mark.clause("P1-045")
def test_an_urban_school_sets_no_price_of_its_own(fees):
    refused = set_tariff(fees, URBAN_SCHOOL, 9000)

    assert refused["code"] == "fees.tariff-fixed-by-plan"
    assert ask(fees, URBAN_SCHOOL, "get_tariff")["body"] == {
        "school_id": URBAN_SCHOOL,
        "amount_fen": 8000,
        "currency": "CNY",
        "unit": "pupil_month",
        "effective_from": "2024-09-01",
        "status": "provisional",
        "fixed_by_plan": True,
        "cap_fen": None,
        "unset": [],
        "upcoming": [],
    }
