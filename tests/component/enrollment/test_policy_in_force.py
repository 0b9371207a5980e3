"""The policy as the service keeps it: registered with a district, changed by its bureau."""

from __future__ import annotations

import pytest

from tests.component.enrollment.world import CITY, DEXING, OPERATOR, World, bureau, office

CAP = {"parameter": "fee_cap_primary_fen", "value": 9000, "reason": "市教体局2026年通知"}
BLANKS = ["fee_cap_junior_fen", "fee_cap_primary_fen", "primary_custody_end", "waiver_ratio_bp"]


def unset(world: World) -> list[str]:
    params = {"profile": "dexing", "district_id": DEXING}
    return sorted(each["parameter"] for each in world.ok(office(), "get_policy", params)["unset"])


@pytest.mark.clause("P2-034", "P2-065", "P2-066", "P2-073")
@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("primary_custody_end", {"summer": "18:00", "winter": "17:30"}),
        ("fee_cap_primary_fen", 9000),
        ("fee_cap_junior_fen", 12000),
        ("waiver_ratio_bp", {"registered_poor": 10000}),
    ],
)
def test_a_blank_of_plan_2_stays_blank_until_its_bureau_sets_it(world: World, parameter, value):
    assert unset(world) == BLANKS

    done = world.ok(
        bureau(DEXING),
        "set_policy_parameter",
        {"profile": "dexing"},
        {"parameter": parameter, "value": value, "reason": "通知"},
    )

    assert done["version"] == 2
    assert unset(world) == [name for name in BLANKS if name != parameter]
    event = world.events(DEXING)[-1]
    assert event["type"] == "PolicyVersionActivated"
    assert event["data"]["parameters"][parameter] == value
    assert event["data"]["changed"] == [parameter]
    assert parameter not in event["data"]["unset"]


def test_the_event_carries_everything_in_force(world: World):
    first, second = world.events(DEXING)

    assert (first["type"], second["type"]) == ("DistrictRegistered", "PolicyVersionActivated")
    assert second["data"]["version"] == 1
    assert second["data"]["unset"] == BLANKS
    assert second["data"]["parameters"]["service_weekdays"] == [1, 2, 3, 4, 5]
    assert second["policy"] == {"profile": "dexing", "version": 1}


def test_the_page_tells_plan_text_from_settings_and_from_what_the_bureau_set(world: World):
    world.ok(bureau(DEXING), "set_policy_parameter", {"profile": "dexing"}, CAP)

    shown = world.ok(office(), "get_policy", {"profile": "dexing", "district_id": DEXING})

    sources = {each["parameter"]: each["source"] for each in shown["details"]}
    assert sources["fee_cap_primary_fen"] == "bureau"
    assert sources["fee_cap_junior_fen"] == "unset"
    assert sources["service_windows"] == "plan"
    assert sources["publicity_working_days"] == "district"
    assert {each["rule"] for each in shown["conflicts"]} == {
        "evening_self_study_latest",
        "not_after_school_service",
    }


def test_a_repeat_and_an_equal_value_make_no_version(world: World):
    for _ in range(2):
        world.ok(bureau(DEXING), "set_policy_parameter", {"profile": "dexing"}, CAP)

    assert world.types(DEXING).count("PolicyVersionActivated") == 2


def test_why_it_was_set_is_in_the_vault_not_in_the_event(world: World):
    world.ok(bureau(DEXING), "set_policy_parameter", {"profile": "dexing"}, CAP)

    assert CAP["reason"] not in repr(world.events(DEXING))
    with world.service.database.read() as connection:
        assert world.service.log.vault is not None
        session = world.service.log.vault.session(connection)
        assert session.get(f"policy-{DEXING}-2", "reason") == CAP["reason"]


def test_only_the_own_bureau_sets_a_parameter(world: World):
    params = {"profile": "dexing", "district_id": DEXING}

    for who in (office(), OPERATOR):
        assert world.refused(who, "set_policy_parameter", params, CAP) == "not-permitted"
    assert world.handle(bureau(CITY), "set_policy_parameter", params, CAP)["kind"] == "unknown"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"parameter": "fee_cap"}, "enrollment.parameter-unknown"),
        ({"value": 90.5}, "enrollment.parameter-wrong"),
        ({"value": None}, "invalid-fields"),
        ({"effective_from": "2026-08-21"}, "enrollment.effective-date-wrong"),
        ({"effective_from": "soon"}, "invalid-fields"),
        ({"extra": 1}, "invalid-fields"),
    ],
)
def test_what_cannot_be_set_is_refused(world: World, change, code):
    body = {**CAP, **change}

    assert (
        world.refused(bureau(DEXING), "set_policy_parameter", {"profile": "dexing"}, body) == code
    )


@pytest.mark.parametrize("name", ["urban-district", "dexing", "national-2023"])
def test_a_profile_is_shown_as_shipped(world: World, name):
    shown = world.ok(office(), "get_policy", {"profile": name})

    assert (shown["version"], shown["district_id"]) == (0, None)
    assert shown["citations"]


@pytest.mark.clause("P1-012", "P2-011")
@pytest.mark.parametrize(
    ("district_id", "stage", "area", "status"),
    [
        (CITY, "primary", "urban", "ok"),
        (CITY, "primary", "rural", "refused"),
        (CITY, "junior", "urban", "refused"),
        (DEXING, "junior", "rural", "ok"),
        (DEXING, "senior", "urban", "refused"),
    ],
)
def test_a_school_is_registered_where_the_plan_serves_it(
    world: World, district_id, stage, area, status
):
    body = {
        "school_id": "s-new",
        "name": "新学校",
        "district_id": district_id,
        "stage": stage,
        "area": area,
    }

    assert world.handle(OPERATOR, "register_school", {}, body)["status"] == status
