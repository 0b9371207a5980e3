"""A bureau proposes a version, looks at what it would mean, and activates it on its day."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.enrollment.policy import PolicyProposals
from contracts.schemas import schema_of
from tests.component.enrollment.world import CITY, DEXING, OPERATOR, World, at, bureau, office

PROFILE = {"profile": "urban-district"}
FRIDAY = {"service_weekdays": [1, 2, 3, 4, 5]}
REASON = "市局会议纪要第8号"


def propose(world: World, changes: dict[str, Any], on: str | None = "2026-09-01", **how: Any):
    body = {"changes": changes, "effective_from": on, "reason": REASON}
    return world.ok(bureau(), "propose_policy_version", PROFILE, body, **how)


def listed(world: World) -> list[dict[str, Any]]:
    seen = world.ok(bureau(), "list_policy_proposals", PROFILE)
    assert schema_of(PolicyProposals)().validate(seen) == {}
    return list(seen["items"])


def in_force(world: World) -> dict[str, Any]:
    return world.ok(bureau(), "get_policy", {**PROFILE, "district_id": CITY})


def rules(conflicts: list[dict[str, Any]]) -> list[str]:
    return [each["rule"] for each in conflicts]


def test_a_proposal_shows_what_would_change_and_changes_nothing(world: World):
    before = in_force(world)

    made = propose(world, FRIDAY)

    assert made["state"] == "waiting"
    assert in_force(world) == before
    assert rules(before["conflicts"]) == ["five_plus_two_weekdays", "five_plus_two_minutes"]
    [seen] = listed(world)
    assert seen["reason"] == REASON
    assert (seen["based_on"], seen["version"]) == (1, None)
    [change] = seen["changes"]
    assert change["parameter"] == "service_weekdays"
    assert (change["before"], change["after"]) == ([1, 2, 3, 4], [1, 2, 3, 4, 5])
    assert rules(seen["conflicts"]) == ["five_plus_two_minutes"], "Friday is the only day missing"


def test_why_it_is_proposed_is_in_the_vault_not_in_the_events(world: World):
    made = propose(world, FRIDAY, on=None)
    world.ok(bureau(), "activate_policy_version", {"proposal_id": made["proposal_id"]})

    assert REASON not in repr(world.events(CITY))
    with world.service.database.read() as connection:
        assert world.service.log.vault is not None
        session = world.service.log.vault.session(connection)
        assert session.get(f"policy-{CITY}-2", "reason") == REASON


def test_on_its_day_it_becomes_the_next_version(world: World):
    proposal = {"proposal_id": propose(world, FRIDAY)["proposal_id"]}
    code = world.refused(bureau(), "activate_policy_version", proposal)
    assert code == "enrollment.proposal-too-early"

    world.clock.instant = at("2026-09-01T08:00:00")
    assert listed(world)[0]["state"] == "ready"
    done = world.ok(bureau(), "activate_policy_version", proposal)

    assert (done["state"], done["version"]) == ("activated", 2)
    now = in_force(world)
    assert (now["version"], now["effective_from"]) == (2, "2026-09-01")
    assert now["parameters"]["service_weekdays"] == [1, 2, 3, 4, 5]
    assert rules(now["conflicts"]) == ["five_plus_two_minutes"]
    settled, version = world.events(CITY)[-2:]
    assert (settled["type"], version["type"]) == (
        "PolicyProposalActivated",
        "PolicyVersionActivated",
    )
    assert version["data"]["reason_code"] == "proposed"
    assert version["data"]["changed"] == ["service_weekdays"]
    [seen] = listed(world)
    assert (seen["state"], seen["conflicts"]) == ("activated", [])


def test_activating_and_withdrawing_again_change_nothing(world: World):
    first = {"proposal_id": propose(world, FRIDAY, on=None)["proposal_id"]}
    second = {"proposal_id": propose(world, {"staff_notice_days": 9})["proposal_id"]}
    for operation, proposal in (
        ("withdraw_policy_proposal", second),
        ("activate_policy_version", first),
    ):
        world.ok(bureau(), operation, proposal)
        head = len(world.events(CITY))
        world.ok(bureau(), operation, proposal)
        assert len(world.events(CITY)) == head

    assert {each["state"] for each in listed(world)} == {"activated", "withdrawn"}
    refused = world.refused(bureau(), "activate_policy_version", second)
    assert refused == "enrollment.proposal-settled"


def test_another_version_in_between_makes_it_outdated(world: World):
    proposal = {"proposal_id": propose(world, FRIDAY, on=None)["proposal_id"]}
    body = {"parameter": "staff_notice_days", "value": 9, "reason": "通知"}
    world.ok(bureau(), "set_policy_parameter", PROFILE, body)

    assert listed(world)[0]["state"] == "outdated"
    code = world.refused(bureau(), "activate_policy_version", proposal)
    assert code == "enrollment.proposal-outdated"
    assert in_force(world)["version"] == 2
    assert "PolicyProposalActivated" not in world.types(CITY), "refused as a whole"
    world.ok(bureau(), "withdraw_policy_proposal", proposal)


def test_a_repeated_request_proposes_once(world: World):
    first = propose(world, FRIDAY, idempotency_key="k-1")
    again = propose(world, FRIDAY, idempotency_key="k-1")

    assert first == again
    assert len(listed(world)) == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"changes": {"fee_cap": 1}}, "enrollment.parameter-unknown"),
        ({"changes": {"service_weekdays": [8]}}, "enrollment.parameter-wrong"),
        ({"changes": {"service_weekdays": [1, 2, 3, 4]}}, "enrollment.proposal-changes-nothing"),
        ({"effective_from": "2026-08-19"}, "enrollment.effective-date-wrong"),
        ({"changes": {}}, "invalid-fields"),
        ({"changes": {"service_weekdays": None}}, "invalid-fields"),
        ({"reason": ""}, "invalid-fields"),
    ],
)
def test_what_cannot_be_proposed_is_refused(world: World, change, code):
    body = {"changes": FRIDAY, "reason": "通知", **change}

    assert world.refused(bureau(), "propose_policy_version", PROFILE, body) == code


def test_only_the_own_bureau_proposes_sees_and_settles(world: World):
    proposal = {"proposal_id": propose(world, FRIDAY, on=None)["proposal_id"]}
    own = {**PROFILE, "district_id": CITY}
    body = {"changes": FRIDAY, "reason": "通知"}

    for who in (office(), OPERATOR):
        assert world.refused(who, "propose_policy_version", own, body) == "not-permitted"
        assert world.refused(who, "list_policy_proposals", own) == "not-permitted"
    stranger = bureau(DEXING)
    for operation in ("activate_policy_version", "withdraw_policy_proposal"):
        code = world.refused(stranger, operation, proposal)
        assert code == "enrollment.proposal-unknown"
    assert world.handle(stranger, "propose_policy_version", own, body)["kind"] == "unknown"
    assert world.handle(stranger, "list_policy_proposals", own)["kind"] == "unknown"


def test_every_decision_names_the_policy_that_it_was_made_under(world: World):
    world.import_rows()
    pupil = world.pupil("张小明")
    world.accepted(pupil)
    proposal = {"proposal_id": propose(world, {"staff_notice_days": 9}, on=None)["proposal_id"]}
    world.ok(bureau(), "activate_policy_version", proposal)
    term = {"term_id": world.term_ids[pupil["school_id"]]}
    world.publish()
    rule = {"document": "safety_plan", "text": "预案"}
    world.ok(office(), "publish_rule", {"school_id": pupil["school_id"]}, rule)
    world.ok(office(), "revise_plan", term)

    decided = {event["type"]: event["policy"] for event in world.events()}
    first = {"profile": "urban-district", "version": 1}
    for name in ("ApplicationSubmitted", "ApplicationAccepted", "RosterImported"):
        assert decided[name] == first, name
    for name in ("AcceptedListPublished", "RuleVersionPublished", "ServicePlanRevised"):
        assert decided[name] == {**first, "version": 2}, name
    of_district = {event["type"]: event["policy"] for event in world.events(CITY)}
    assert of_district["PolicyVersionProposed"] == first
