"""What a bureau decides of a school: the plan, an offering, the semester pack."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.eventsourcing.unit_of_work import unit_of_work
from chassis.kernel.call import SYSTEM, Call
from contracts.enrollment.filing import Pack
from contracts.enrollment.offerings import OfferingProposed
from contracts.enrollment.plans import ServicePlanDrafted, ServicePlanSubmitted
from contracts.enrollment.term_plan import DistrictPlans
from contracts.schemas import schema_of
from tests.component.enrollment.test_enrolling import sign
from tests.component.enrollment.world import CITY, DEXING, SCHOOL, World, at, bureau, office

REASON = "请补充安全预案中的疏散路线"
RULES = (
    "implementation_plan",
    "safety_plan",
    "safety_guarantee",
    "home_school_contact",
    "entry_exit",
)


def submitted(world: World, name: str, on: str) -> dict[str, str]:
    """Another term of the school whose plan was submitted at ``on``."""
    world.clock.instant = at(on)
    year = int(name[:4])
    days = {"first_day": f"{year}-02-20", "last_day": f"{year}-07-01"}
    term = {"name": name, **days}
    opened = world.ok(office(), "open_term", {"school_id": SCHOOL}, term)
    term_id: str = opened["term_id"]
    say(
        world,
        f"plan-{term_id}",
        ServicePlanDrafted(term_id=term_id, school_id=SCHOOL),
        ServicePlanSubmitted(term_id=term_id, version=1, documents={}),
    )
    return {"term_id": term_id}


def say(world: World, stream: str, *events: Any) -> None:
    """Put events on record without the way there."""
    by = Call(principal=SYSTEM, now=world.clock.now())
    with unit_of_work(world.service.log, SCHOOL, by) as work:
        work.append(stream, list(events))


def ledger(world: World) -> dict[str, Any]:
    seen = world.ok(bureau(), "list_district_plans", {"district_id": CITY})
    assert schema_of(DistrictPlans)().validate(seen) == {}
    return seen


@pytest.mark.clause("P1-024")
def test_the_ledger_lists_what_waits_the_oldest_first_with_the_days(world: World):
    later = submitted(world, "2028 年春季", "2026-08-24T09:00:00")
    first = submitted(world, "2027 年春季", "2026-08-21T09:00:00")
    world.clock.instant = at("2026-08-28T10:00:00")

    waits = [(each["term_id"], each["days_waiting"]) for each in ledger(world)["reviews"]]

    assert waits == [(first["term_id"], 7), (later["term_id"], 4)]
    world.ok(bureau(), "approve_plan", first)
    assert [each["term_id"] for each in ledger(world)["reviews"]] == [later["term_id"]]


@pytest.mark.clause("P1-024")
def test_a_plan_is_returned_with_a_reason_that_the_school_reads(world: World):
    term = submitted(world, "2027 年春季", "2026-08-21T09:00:00")
    body = {"reason": REASON, "items": ["safety_plan", "duty:safety"]}
    assert world.refused(bureau(), "return_plan", term, {"items": []}) == "invalid-fields"

    done = world.ok(bureau(), "return_plan", term, body)

    assert done["standing"] == "returned"
    event = world.events()[-1]
    assert (event["type"], event["actor"]["role"]) == ("ServicePlanReturned", "bureau")
    assert event["data"]["items"] == body["items"]
    assert REASON not in repr(world.events())
    [review] = world.ok(office(), "get_term_plan", term)["reviews"]
    assert (review["reason"], review["outcome"]) == (REASON, "returned")
    assert world.refused(bureau(), "approve_plan", term) == "enrollment.plan-not-under-review"
    head = len(world.events())
    world.ok(bureau(), "return_plan", term, body)
    assert len(world.events()) == head, "returning it again changes nothing"


@pytest.mark.clause("P1-024")
def test_no_service_starts_before_the_bureau_approves(world: World):
    term = submitted(world, "2027 年春季", "2026-08-21T09:00:00")
    world.clock.instant = at("2027-02-22T09:00:00")
    code = world.refused(office(), "start_service", term)
    assert code == "enrollment.plan-not-approved"

    world.ok(bureau(), "approve_plan", term)

    event = world.events()[-1]
    assert event["type"] == "ServicePlanApproved"
    assert event["occurred_at"] == "2027-02-22T09:00:00.000+08:00"
    assert event["actor"]["account_id"] == bureau().account_id


def test_another_bureau_decides_nothing_here(world: World):
    term = submitted(world, "2027 年春季", "2026-08-21T09:00:00")
    stranger = bureau(DEXING)
    for operation, body in (
        ("approve_plan", {}),
        ("return_plan", {"reason": REASON}),
        ("acknowledge_filing", {}),
    ):
        assert world.handle(stranger, operation, term, body)["kind"] == "unknown"
        assert world.refused(office(), operation, term, body) == "not-permitted"
    assert world.handle(stranger, "get_pack", term)["kind"] == "unknown"


def proposed(term_id: str, number: int, content_kind: str, ends: str) -> OfferingProposed:
    return OfferingProposed(
        offering_id=f"of-{number}",
        school_id=SCHOOL,
        term_id=term_id,
        title=f"项目{number}",
        service_kind="after_school_custody",
        content_kind=content_kind,
        subject=None,
        teacher_id="t-1",
        venue_id="v-1",
        capacity=40,
        grades=(3,),
        weekdays=(1,),
        starts="16:00",
        ends=ends,
        provider_of_record=SCHOOL,
        taught_by="school",
    )


@pytest.mark.clause("P1-028")
def test_an_offering_is_returned_with_a_reason_and_cannot_open(world: World):
    term = {"term_id": world.term_ids[SCHOOL]}
    say(world, "offering-of-1", proposed(term["term_id"], 1, "club", "16:45"))
    offering = {"offering_id": "of-1"}
    assert world.refused(bureau(), "return_offering", offering, {}) == "invalid-fields"

    world.ok(bureau(), "return_offering", offering, {"reason": REASON})

    assert world.events()[-1]["type"] == "OfferingReturned"
    assert REASON not in repr(world.events())
    code = world.refused(office(), "open_offering", offering)
    assert code == "enrollment.offering-returned"
    for who in (office(), bureau()):
        [seen] = world.ok(who, "list_offerings", term)["items"]
        assert (seen["standing"], seen["reason"]) == ("returned", REASON)


@pytest.mark.clause("P1-034")
@pytest.mark.parametrize(
    ("kinds", "share"),
    [
        ({"club": "16:45", "interest": "16:45"}, 5000),
        ({"sport": "16:30", "science": "16:20", "homework_guidance": "17:00"}, 6000),
        ({"homework_guidance": "17:00"}, None),
    ],
)
def test_the_share_of_sport_art_and_clubs_is_by_minutes_of_feature_activities(
    world: World, kinds: dict[str, str], share: int | None
):
    term_id = world.term_ids[SCHOOL]
    for number, (kind, ends) in enumerate(kinds.items()):
        say(world, f"offering-of-{number}", proposed(term_id, number, kind, ends))

    seen = world.ok(bureau(), "get_term_plan", {"term_id": term_id})

    assert seen["feature_share_bp"] == share


@pytest.fixture
def running(world: World) -> tuple[World, dict[str, str]]:
    """A term with an enrolled pupil, rules and an offering: the pack has its five parts."""
    world.import_rows()
    pupil = world.pupil("张小明")
    application_id = world.accepted(pupil)
    listed = world.publish()
    for document in RULES:
        body = {"document": document, "text": "制度"}
        world.ok(office(), "publish_rule", {"school_id": SCHOOL}, body)
    term_id = world.term_ids[SCHOOL]
    say(world, "offering-of-1", proposed(term_id, 1, "club", "16:45"))
    world.clock.instant = at("2026-08-28T08:00:00")
    world.ok(office(), "confirm_list", {"publicity_id": listed["publicity_id"]})
    assert sign(world, application_id, world.parent_of(pupil))["status"] == "ok"
    return world, {"term_id": term_id}


def standing(world: World, term: dict[str, str]) -> tuple[str, int]:
    [found] = [each for each in ledger(world)["filings"] if each["term_id"] == term["term_id"]]
    return found["state"], found["days_overdue"]


@pytest.mark.clause("P2-094")
def test_a_filing_goes_from_missing_over_overdue_to_acknowledged(running):
    world, term = running
    assert ledger(world)["filings"] == [], "the term has not begun"
    world.clock.instant = at("2026-09-10T09:00:00")
    assert standing(world, term) == ("missing", 0)
    world.clock.instant = at("2026-10-05T09:00:00")
    assert standing(world, term) == ("overdue", 4)
    code = world.refused(bureau(), "acknowledge_filing", term)
    assert code == "enrollment.nothing-filed"

    world.ok(office(), "file_pack", term)
    assert standing(world, term) == ("filed", 0)
    world.ok(bureau(), "acknowledge_filing", term)

    assert standing(world, term) == ("acknowledged", 0)
    filed, acknowledged = world.events()[-2:]
    assert sorted(filed["data"]["parts"]) == [
        "charges",
        "courses",
        "management",
        "roster",
        "staffing",
    ]
    assert acknowledged["type"] == "SemesterPackAcknowledged"
    head = len(world.events())
    world.ok(bureau(), "acknowledge_filing", term)
    assert len(world.events()) == head, "acknowledging it again changes nothing"


@pytest.mark.clause("P2-094")
def test_what_changes_after_the_filing_is_filed_and_acknowledged_anew(running):
    world, term = running
    world.clock.instant = at("2026-09-10T09:00:00")
    world.ok(office(), "file_pack", term)
    world.ok(bureau(), "acknowledge_filing", term)
    body = {"document": "safety_plan", "text": "新的预案"}
    world.ok(office(), "publish_rule", {"school_id": SCHOOL}, body)
    assert standing(world, term) == ("changed", 0)

    world.ok(office(), "file_pack", term)

    assert standing(world, term) == ("filed", 0)


@pytest.mark.clause("P2-094")
def test_a_pack_that_lacks_a_part_is_not_filed(world: World):
    term = {"term_id": world.term_ids[SCHOOL]}

    assert world.refused(office(), "file_pack", term) == "enrollment.pack-incomplete"
    seen = world.ok(bureau(), "get_pack", term)
    assert {"courses", "staffing", "roster"} <= set(seen["missing"])


@pytest.mark.clause("P2-094")
def test_a_bureau_reads_masked_names_in_the_pack(running):
    world, term = running

    seen = world.ok(bureau(), "get_pack", term)

    assert schema_of(Pack)().validate(seen) == {}
    assert [each["name"] for each in seen["parts"]["roster"]] == ["张*明"]
