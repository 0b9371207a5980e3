"""The finance office charges a school's month and takes the money."""

from __future__ import annotations

import pytest

from chassis.kernel.call import Principal
from tests.component.fees.conftest import DEXING_SCHOOL, JUNIOR_SCHOOL, URBAN_SCHOOL, finance

TEACHER = Principal(account_id="t", role="teacher", school_id=URBAN_SCHOOL, class_ids=("c-1",))
BUREAU = Principal(account_id="b", role="bureau", district_id="d-urban-district")
GUARDIAN = Principal(account_id="g", role="guardian", person_id="g-p-1")


def yuan(reply, name="total"):
    return reply["body"][name]["amount_fen"] / 100


@pytest.mark.clause("P1-045", "P1-098")
def test_a_month_charges_80_yuan_and_40_for_a_registered_poor_pupil(fees):
    waived = fees.ask(
        "grant_waiver",
        student="p-2",
        category="registered_poor",
        evidence="建档立卡手册第 12 号",
        from_month="2026-09",
    )
    run = fees.ask("run_charges", month="2026-09")

    assert waived["body"]["ratio_bp"] == 5000
    assert run["status"] == "ok"
    assert run["body"] == {
        "month": "2026-09",
        "charged": 2,
        "already_charged": 0,
        "free": 0,
        "refused": [],
        "total": {"amount_fen": 12000, "currency": "CNY"},
        "month_total": {"amount_fen": 12000, "currency": "CNY"},
    }
    charged = {e["data"]["student_id"]: e for e in fees.events() if e["type"] == "FeeCharged"}
    assert charged["p-1"]["data"]["amount_fen"] == 8000
    assert charged["p-2"]["data"] | {"charge_id": ""} == {
        "charge_id": "",
        "school_id": URBAN_SCHOOL,
        "student_id": "p-2",
        "term_id": "t-1",
        "month": "2026-09",
        "standard_fen": 8000,
        "waived_fen": 4000,
        "amount_fen": 4000,
        "currency": "CNY",
        "waiver_category": "registered_poor",
    }
    assert charged["p-2"]["policy"] == {"profile": "urban-district", "version": 1}
    assert charged["p-2"]["stream_id"] == "charge-p-2-2026-09"


@pytest.mark.clause("P1-046")
def test_a_second_run_charges_nobody_twice_and_says_so(fees):
    fees.ask("run_charges", month="2026-09")
    fees.enrollment.pupil(URBAN_SCHOOL, "p-9")
    fees.enrollment.enrolled(URBAN_SCHOOL, "p-9")
    fees.listen()

    again = fees.ask("run_charges", month="2026-09")["body"]
    third = fees.ask("run_charges", month="2026-09")["body"]

    assert (again["charged"], again["already_charged"]) == (1, 2)
    assert (third["charged"], third["already_charged"]) == (0, 3)
    assert (third["total"]["amount_fen"], third["month_total"]["amount_fen"]) == (0, 24000)
    assert len([e for e in fees.events() if e["type"] == "FeeCharged"]) == 3


def test_one_idempotency_key_is_one_run(fees):
    key = {"idempotency_key": "k-1"}
    first = fees.ask("run_charges", context=key, month="2026-09")

    assert fees.ask("run_charges", context=key, month="2026-09") == first
    assert first["body"]["charged"] == 2


@pytest.mark.clause("P1-046")
def test_no_month_is_charged_before_it_begins(fees):
    early = fees.ask("run_charges", month="2026-10")
    fees.at("2026-10-01T00:00:00")

    assert early["code"] == "fees.month-in-the-future"
    assert early["clauses"] == ["P1-046"]
    assert fees.ask("run_charges", month="2026-10")["body"]["charged"] == 2


@pytest.mark.clause("P1-046")
def test_a_month_outside_the_term_charges_nobody(fees):
    fees.at("2027-03-01T08:00:00")

    for month in ("2026-08", "2027-02"):
        run = fees.ask("run_charges", month=month)["body"]
        assert (run["charged"], run["refused"]) == (0, [])
    assert fees.ask("run_charges", month="2027-01")["body"]["charged"] == 2


@pytest.mark.clause("P2-016")
def test_who_takes_only_what_is_free_is_not_charged(fees):
    fees.enrollment.pupil(DEXING_SCHOOL, "p-nap")
    fees.enrollment.enrolled(DEXING_SCHOOL, "p-nap", "nap", "lunch")
    fees.enrollment.policy("dexing", 2, "2026-09-01", {"fee_cap_primary_fen": 6000})
    fees.listen()
    office = finance(DEXING_SCHOOL)
    fees.ask(
        "set_tariff",
        by=office,
        school=DEXING_SCHOOL,
        amount_fen=6000,
        effective_from="2026-09-01",
    )

    run = fees.ask("run_charges", by=office, school=DEXING_SCHOOL, month="2026-09")["body"]

    assert (run["charged"], run["free"]) == (1, 1)


def test_two_terms_in_one_month_are_one_charge(fees):
    fees.enrollment.enrolled(
        URBAN_SCHOOL, "p-1", starts_on="2027-01-21", ends_on="2027-06-30", term_id="t-2"
    )
    fees.listen()
    fees.at("2027-01-25T08:00:00")

    run = fees.ask("run_charges", month="2027-01")["body"]

    assert run["charged"] == 2
    assert yuan(fees.ask("run_charges", month="2027-01"), "month_total") == 160.0


@pytest.mark.clause("P2-068")
def test_only_the_finance_office_touches_money(fees):
    payment = {"month": "2026-09", "amount_fen": 8000, "method": "cash"}
    waiver = {"category": "registered_poor", "evidence": "x", "from_month": "2026-09"}

    for refused in (
        fees.ask("record_payment", by=TEACHER, student="p-1", **payment),
        fees.ask("grant_waiver", by=TEACHER, student="p-1", **waiver),
        fees.ask("run_charges", by=TEACHER, month="2026-09"),
        fees.ask("set_tariff", by=BUREAU, amount_fen=1, effective_from="2026-09-01"),
    ):
        assert refused["kind"] == "forbidden"
    other = finance(DEXING_SCHOOL)
    assert fees.ask("run_charges", by=other, month="2026-09")["kind"] == "unknown"
    assert fees.ask("record_payment", by=other, student="p-1", **payment)["kind"] == "unknown"
    assert fees.events() == []


@pytest.mark.clause("P1-096")
def test_payments_add_up_and_stop_at_what_is_owed(fees):
    def pay(fen):
        return fees.ask(
            "record_payment", student="p-1", month="2026-09", amount_fen=fen, method="cash"
        )

    assert pay(1)["code"] == "fees.charge-unknown"
    fees.ask("run_charges", month="2026-09")

    assert pay(3000)["body"]["open_fen"] == 5000
    assert pay(5001)["code"] == "fees.payment-above-open-amount"
    assert pay(5000)["body"]["open_fen"] == 0
    assert pay(1)["code"] == "fees.payment-above-open-amount"
    [item] = fees.ask("list_charges", student="p-1")["body"]["items"]
    assert (item["amount_fen"], item["paid_fen"], item["open_fen"]) == (8000, 8000, 0)
    assert [payment["amount_fen"] for payment in item["payments"]] == [3000, 5000]


def test_a_guardian_reads_the_own_childs_charges_only(fees):
    fees.ask("run_charges", month="2026-09")
    fees.at("2026-10-05T09:00:00")
    fees.ask("run_charges", month="2026-10")

    first = fees.ask("list_charges", by=GUARDIAN, student="p-1", limit=1)["body"]
    rest = fees.ask("list_charges", by=GUARDIAN, student="p-1", after=first["next"])["body"]

    assert [item["month"] for item in first["items"] + rest["items"]] == ["2026-10", "2026-09"]
    assert fees.ask("list_charges", by=GUARDIAN, student="p-2")["kind"] == "unknown"
    assert fees.ask("list_charges", by=BUREAU, student="p-2")["status"] == "ok"
    assert fees.ask("list_charges", by=BUREAU, student="p-3")["kind"] == "unknown"
    assert fees.ask("list_charges", by=TEACHER, student="p-1")["kind"] == "forbidden"


@pytest.mark.parametrize("body", [{"month": "2026-13"}, {"month": 9}, {}, {"months": "2026-09"}])
def test_a_malformed_month_is_refused(fees, body):
    assert fees.ask("run_charges", **body)["code"] == "invalid-fields"


@pytest.mark.parametrize("fen", [0, -1, 80.5, "80.00x", True, 10**12])
def test_money_is_whole_positive_fen(fees, fen):
    fees.ask("run_charges", month="2026-09")
    refused = fees.ask(
        "record_payment", student="p-1", month="2026-09", amount_fen=fen, method="cash"
    )

    assert refused["code"] == "invalid-fields"


def test_what_is_not_known_yet_is_a_refusal_that_says_so(fees):
    nobody = fees.ask("record_payment", student="p-x", month="2026-09", amount_fen=1, method="cash")
    nowhere = fees.ask("run_charges", by=finance("s-new"), school="s-new", month="2026-09")

    assert (nobody["code"], nowhere["code"]) == ("fees.student-unknown", "fees.school-unknown")


@pytest.mark.clause("P1-097")
def test_evidence_stays_in_the_vault(fees):
    waiver = {"category": "registered_poor", "evidence": "低保证 0012", "from_month": "2026-09"}
    granted = fees.ask("grant_waiver", student="p-1", **waiver)
    again = fees.ask("grant_waiver", student="p-1", **waiver)

    waiver_id = granted["body"]["waiver_id"]
    assert again["body"]["waiver_id"] == waiver_id
    assert "0012" not in str(fees.events())
    with fees.service.database.read() as connection:
        assert fees.service.log.vault is not None
        kept = fees.service.log.vault.session(connection).get(waiver_id, "evidence")
    assert kept == "低保证 0012"
    [listed] = fees.ask("list_waivers")["body"]["items"]
    assert listed == granted["body"]
    assert fees.ask("list_waivers", by=BUREAU)["body"]["items"] == [listed]


@pytest.mark.clause("P1-045")
def test_a_change_of_the_plans_price_holds_from_the_next_month(fees):
    fees.enrollment.policy("urban-district", 2, "2026-09-15", {"tariff_fen": 9000})
    fees.listen()
    fees.at("2026-10-02T09:00:00")

    assert yuan(fees.ask("run_charges", month="2026-09")) == 160.0
    assert yuan(fees.ask("run_charges", month="2026-10")) == 180.0
    assert fees.ask("get_tariff", by=TEACHER)["body"]["amount_fen"] == 9000
    assert JUNIOR_SCHOOL not in str(fees.events())
