"""A school's providers over a database: scope, vault, the list."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from chassis.kernel.call import CHINA, Principal
from chassis.testing.world import call
from contracts.safety.providers import Providers, ProviderState
from contracts.schemas import schema_of
from tests.component.safety.town import (
    BUREAU,
    FAR_BUREAU,
    MUM,
    OFFICE,
    OTHER,
    SCHOOL,
    STRANGER,
    WANG,
    Town,
)

BLUE = {
    "provider_id": "blue-sky",
    "name": "蓝天体育",
    "licence_no": "教民 137000",
    "licence_valid_until": "2026-12-31",
    "agreed_price_fen": 12_000,
}
REMOVAL = {"reason": "带班人员未到", "effective_on": "2026-10-01"}


def remove(town: Town, who: Principal = OFFICE, provider_id: str = "blue-sky") -> dict[str, Any]:
    at = {"school_id": SCHOOL, "provider_id": provider_id}
    return call(town.service, who, "remove_provider", at, REMOVAL)


def listed(town: Town, who: Principal = OFFICE, school_id: str = SCHOOL) -> list[dict[str, Any]]:
    answer = town.ok(who, "list_providers", school_id=school_id)
    assert schema_of(Providers)().validate(answer) == {}
    items: list[dict[str, Any]] = answer["items"]
    return items


def on(town: Town, day: str) -> None:
    clock: Any = town.service.application.clock
    clock.instant = datetime.fromisoformat(day).replace(tzinfo=CHINA)


@pytest.mark.clause("P1-079", "P2-061")
def test_a_provider_enters_leaves_and_enters_again(town: Town):
    made = town.ok(OFFICE, "admit_provider", BLUE)
    assert schema_of(ProviderState)().validate(made) == {}
    (shown,) = listed(town)
    assert (shown["name"], shown["licence_no"], shown["reason"]) == (
        "蓝天体育",
        "教民 137000",
        None,
    )
    assert shown["standing"] == "admitted"

    gone = remove(town)["body"]
    assert (gone["standing"], gone["leaves_on"]) == ("leaving", "2026-10-01")
    on(town, "2026-10-01")
    (shown,) = listed(town, BUREAU)
    assert (shown["standing"], shown["reason"]) == ("removed", "带班人员未到")

    town.ok(OFFICE, "admit_provider", BLUE)
    (shown,) = listed(town)
    assert (shown["standing"], shown["leaves_on"], shown["reason"]) == ("admitted", None, None)
    assert [each["type"] for each in town.events()] == [
        "ProviderAdmitted",
        "ProviderRemoved",
        "ProviderAdmitted",
    ]


@pytest.mark.clause("P2-061")
def test_the_list_says_whose_licence_has_ended(town: Town):
    town.ok(OFFICE, "admit_provider", BLUE)
    on(town, "2026-12-31")
    assert [each["standing"] for each in listed(town)] == ["admitted"]
    on(town, "2027-01-01")
    assert [each["standing"] for each in listed(town)] == ["licence_ended"]
    assert town.ask(OFFICE, "admit_provider", {**BLUE, "agreed_price_fen": 1})["code"] == (
        "safety.licence-ended"
    )


def test_names_and_reasons_are_in_the_vault_and_not_in_the_events(town: Town):
    town.ok(OFFICE, "admit_provider", BLUE)
    remove(town)

    told = str(town.events())
    for secret in ("蓝天体育", "137000", "未到"):
        assert secret not in told


def test_a_repeat_changes_nothing_but_may_correct_the_name(town: Town):
    corrected = {**BLUE, "name": "蓝天体育俱乐部"}
    first = town.ok(OFFICE, "admit_provider", BLUE)

    assert town.ok(OFFICE, "admit_provider", corrected) == first
    assert remove(town)["body"] == remove(town)["body"]
    assert len(town.events()) == 2
    assert [each["name"] for each in listed(town)] == ["蓝天体育俱乐部"]


def test_two_schools_may_admit_the_same_body_each_for_itself(town: Town):
    town.ok(OFFICE, "admit_provider", BLUE)
    town.ok(STRANGER, "admit_provider", {**BLUE, "name": "蓝天"}, school_id=OTHER)
    remove(town)

    assert [each["standing"] for each in listed(town, STRANGER, OTHER)] == ["admitted"]
    assert [each["name"] for each in listed(town)] == ["蓝天体育"]


def test_a_new_provider_gets_an_id_under_which_it_is_known_again(town: Town):
    unnamed = {name: value for name, value in BLUE.items() if name != "provider_id"}
    made = town.ok(OFFICE, "admit_provider", unnamed)
    again = {**unnamed, "provider_id": made["provider_id"], "agreed_price_fen": 13_000}

    assert town.ok(OFFICE, "admit_provider", again)["agreed_price_fen"] == 13_000
    assert len(listed(town)) == 1
    for wrong in ("school", "Blue Sky", ""):
        refused = town.ask(OFFICE, "admit_provider", {**BLUE, "provider_id": wrong})
        assert refused["kind"] == "invalid"


@pytest.mark.parametrize(
    ("who", "kind"), [(STRANGER, "unknown"), (WANG, "forbidden"), (BUREAU, "forbidden")]
)
def test_only_the_schools_office_admits_and_removes(town: Town, who: Principal, kind: str):
    town.ok(OFFICE, "admit_provider", BLUE)

    assert town.ask(who, "admit_provider", {**BLUE, "provider_id": "green"})["kind"] == kind
    assert remove(town, who)["kind"] == kind
    assert remove(town, provider_id="green")["code"] == "safety.provider-unknown"
    assert len(town.events()) == 1


@pytest.mark.parametrize(
    ("who", "kind"),
    [(STRANGER, "unknown"), (FAR_BUREAU, "unknown"), (WANG, "forbidden"), (MUM, "forbidden")],
)
def test_the_list_is_for_the_office_and_the_districts_bureau(town: Town, who: Principal, kind: str):
    assert town.ask(who, "list_providers")["kind"] == kind
    assert listed(town, BUREAU) == []
