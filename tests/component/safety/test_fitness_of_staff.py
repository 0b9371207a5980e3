"""Who of the staff is screened and has signed, over a database: scope, vault, the list."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.kernel.call import Principal
from chassis.testing.world import call
from chassis.vault import ERASED
from contracts.safety.fitness import (
    ResponsibilityStatement,
    ScreeningRecorded,
    StaffFitnessList,
    StatementSigned,
)
from contracts.schemas import schema_of
from services.safety.fitness import statements
from tests.component.safety.town import BUREAU, FAR_BUREAU, MUM, OFFICE, STRANGER, WANG, Town

CLEAR = {"result": "clear", "checked_on": "2026-08-20", "valid_until": "2027-08-19"}
TERM = {"term_id": "school-autumn"}
SIGNATURE = {**TERM, "statement_version": "2026-1"}


def listed(town: Town, who: Principal = OFFICE) -> dict[str, dict[str, Any]]:
    answer = town.ok(who, "list_staff_fitness", TERM)
    assert schema_of(StaffFitnessList)().validate(answer) == {}
    return {each["staff_id"]: each for each in answer["items"]}


@pytest.mark.clause("P1-031", "P2-060")
def test_everybody_is_listed_of_whatever_kind_until_screened(town: Town):
    before = listed(town)
    made = town.ok(OFFICE, "record_screening", CLEAR)
    after = listed(town)

    assert schema_of(ScreeningRecorded)().validate(made) == {}
    assert {each["kind"] for each in before.values()} == {"school_staff", "volunteer", "parent"}
    assert [each["screened"] for each in before.values()] == [False] * 3
    assert (after["wang"]["screened"], after["wang"]["valid_until"]) == (True, "2027-08-19")
    assert after["li"] == before["li"]


@pytest.mark.clause("P1-031", "P2-060")
def test_who_is_barred_or_whose_check_has_ended_is_not_screened(town: Town):
    town.ok(OFFICE, "record_screening", CLEAR)
    town.ok(OFFICE, "record_screening", {"result": "barred", "checked_on": "2026-08-30"})
    over = {**CLEAR, "valid_until": "2026-08-31"}
    town.ok(OFFICE, "record_screening", over, staff_id="li")
    last_day = {**CLEAR, "valid_until": "2026-09-01"}
    town.ok(OFFICE, "record_screening", last_day, staff_id="zhao")

    screened = {who: each["screened"] for who, each in listed(town).items()}
    assert screened == {"wang": False, "li": False, "zhao": True}


@pytest.mark.clause("P1-032", "P2-099")
def test_the_person_reads_and_signs_for_a_term(town: Town):
    shown = town.ok(WANG, "get_responsibility_statement")
    version = {"statement_version": shown["statement_version"]}
    made = town.ok(WANG, "sign_responsibility_statement", {**TERM, **version})

    assert schema_of(ResponsibilityStatement)().validate(shown) == {}
    assert schema_of(StatementSigned)().validate(made) == {}
    assert (made["by"], made["text_sha256"]) == ("staff", shown["text_sha256"])
    assert {who for who, each in listed(town).items() if each["statement_signed"]} == {"wang"}


@pytest.mark.clause("P1-032", "P2-099")
def test_the_office_records_a_paper_and_says_where_it_is(town: Town):
    refused = town.ask(OFFICE, "sign_responsibility_statement", SIGNATURE)
    body = {**SIGNATURE, "evidence": "教务处档案柜第3格"}
    made = town.ok(OFFICE, "sign_responsibility_statement", body)

    assert (refused["code"], made["by"]) == ("safety.evidence-missing", "office")
    assert town.told("staff-wang") == {"evidence-school-autumn": body["evidence"]}
    assert "档案柜" not in str(town.events())


def test_nobody_else_signs_for_somebody(town: Town):
    refused = town.ask(WANG, "sign_responsibility_statement", SIGNATURE, staff_id="li")

    assert (refused["kind"], refused["code"]) == ("forbidden", "safety.statement-not-yours")
    assert town.events() == []


def test_what_was_found_is_told_in_the_vault_and_not_in_the_event(town: Town):
    town.ok(OFFICE, "record_screening", {**CLEAR, "note": "无违法犯罪记录证明"})

    assert town.told("staff-wang") == {"note-2026-08-20": "无违法犯罪记录证明"}
    (event,) = town.events()
    assert event["data"] == {"staff_id": "wang", "school_id": "school", **CLEAR}


def test_a_repeat_changes_nothing_and_gets_the_same_answer(town: Town):
    for operation, body in (
        ("record_screening", CLEAR),
        ("sign_responsibility_statement", {**SIGNATURE, "evidence": "paper"}),
    ):
        assert town.ok(OFFICE, operation, body) == town.ok(OFFICE, operation, body)

    assert [e["type"] for e in town.events()] == ["StaffScreened", "ResponsibilityStatementSigned"]


@pytest.mark.parametrize(
    ("who", "kind"), [(STRANGER, "unknown"), (WANG, "forbidden"), (BUREAU, "forbidden")]
)
def test_only_the_schools_office_records_screenings(town: Town, who: Principal, kind: str):
    assert town.ask(who, "record_screening", CLEAR)["kind"] == kind
    assert town.events() == []


@pytest.mark.parametrize(
    ("who", "kind"),
    [(STRANGER, "unknown"), (FAR_BUREAU, "unknown"), (WANG, "forbidden"), (MUM, "forbidden")],
)
def test_the_list_is_for_the_office_and_the_districts_bureau(town: Town, who: Principal, kind: str):
    assert town.ask(who, "list_staff_fitness", TERM)["kind"] == kind
    assert listed(town, BUREAU) == listed(town, OFFICE)


def test_a_person_and_a_term_of_another_school_are_unknown(town: Town):
    elsewhere = {**SIGNATURE, "term_id": "another-autumn"}

    assert town.ask(OFFICE, "record_screening", CLEAR, staff_id="nobody")["code"] == (
        "safety.staff-unknown"
    )
    assert town.ask(WANG, "sign_responsibility_statement", elsewhere)["code"] == (
        "safety.term-unknown"
    )
    assert town.ask(OFFICE, "list_staff_fitness", {"term_id": "another-autumn"})["code"] == (
        "safety.term-unknown"
    )


def test_erasing_a_person_erases_what_was_noted(town: Town):
    town.ok(OFFICE, "record_screening", {**CLEAR, "note": "note"})
    operator = Principal(account_id="o", role="operator")
    body = {"school_id": "school", "kind": "staff", "grounds": "retention", "reason": "has left"}
    done = call(town.service, operator, "erase_person", {"person_id": "wang"}, body)

    assert done["body"]["subjects"] == 1
    assert town.told("staff-wang") == {"note-2026-08-20": ERASED}


def test_the_version_in_force_is_the_one_that_is_signed(town: Town):
    current = statements.current(town.service.application.clock.now().date())
    refused = town.ask(
        WANG, "sign_responsibility_statement", {**SIGNATURE, "statement_version": "1999-1"}
    )

    assert refused["code"] == "safety.statement-outdated"
    assert current.version in refused["detail"]["zh"]
