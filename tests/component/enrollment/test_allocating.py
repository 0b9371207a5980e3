"""From choices to places through the service: who may, what is recorded, what families read."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from chassis.kernel.call import Principal
from services.enrollment.places.domain.allocate import Wish, allocate, digest
from tests.component.enrollment.placing import Placing, placing
from tests.component.enrollment.world import DEXING, OPERATOR, OTHER, SCHOOL, World, bureau, office

EVIDENCE, SUPPORT = "残疾证 51-1234", "听力不便，请安排前排"


@pytest.fixture
def school(world: World) -> Placing:
    return placing(world)


def refused(school: Placing, name: str, *offering_ids: str, **wrong: str) -> str:
    body = {"term_id": school.term_id, "offering_ids": list(offering_ids), **wrong}
    reply = school.world.handle(school.parent(name), "choose_offerings", school.at(name), body)
    assert reply["status"] == "refused", reply
    assert reply["detail"]["zh"]
    return str(reply["code"])


@pytest.mark.clause("P1-004")
def test_nobody_chooses_without_an_application(school: Placing):
    assert refused(school, "甲一", "ball") == "enrollment.no-application"

    school.world.apply(school.pupils["甲一"])
    school.choose("甲一", "ball", "chess")

    assert school.mine("甲一")["choices"] == ["ball", "chess"]


@pytest.mark.clause("P1-086")
def test_families_choose_open_offerings_of_the_term_for_the_own_grade(school: Placing):
    school.accept("甲一", "庚小")
    school.offer("choir", is_open=False)

    assert refused(school, "庚小", "ball") == "enrollment.choices-wrong"
    for unknown in ("choir", "no-such"):
        assert refused(school, "甲一", "ball", unknown) == "enrollment.choices-wrong"
    other_term = school.world.term_ids[SCHOOL]
    assert refused(school, "甲一", "ball", term_id=other_term) == "enrollment.term-unknown"
    assert school.events("OfferingsChosen") == []


def test_choices_are_the_guardians(school: Placing):
    school.accept("甲一")
    body = {"term_id": school.term_id, "offering_ids": ["ball"]}

    for who in (school.office, bureau(DEXING), replace(school.office, role="teacher")):
        reply = school.world.refused(who, "choose_offerings", school.at("甲一"), body)
        assert reply == "not-permitted", who.role
    stranger = school.parent("乙二")
    code = school.world.refused(stranger, "choose_offerings", school.at("甲一"), body)
    assert code == "enrollment.student-unknown"


def test_the_same_choice_twice_counts_once_and_again_changes_nothing(school: Placing):
    school.accept("甲一")
    school.choose("甲一", "chess", "ball", "chess")
    school.choose("甲一", "chess", "ball")

    assert [each["data"]["offering_ids"] for each in school.events("OfferingsChosen")] == [
        ["chess", "ball"]
    ]


@pytest.mark.clause("P2-012", "P2-013", "P2-014", "P2-015")
@pytest.mark.parametrize(
    "category", ["disabled", "left_behind", "migrant_worker_child", "economic_hardship"]
)
def test_a_child_with_priority_gets_the_place_before_those_who_applied_earlier(
    school: Placing, category: str
):
    school.accept("甲一", "乙二", "丙三")
    for name in ("甲一", "乙二", "丙三"):
        school.choose(name, "ball")
    school.grant("丙三", category)

    allocation = school.allocate()

    assert (allocation["pupils"], allocation["placed"]) == (3, 1)
    assert school.standing("ball")["丙三"] == "held"
    assert sorted(school.standing("ball").values()) == ["held", "waiting", "waiting"]
    told = school.events("PlacesAllocated")[0]
    assert told["policy"] == {"profile": "dexing", "version": 1}


@pytest.mark.clause("P2-015")
def test_hardship_points_to_the_waiver(school: Placing):
    school.grant("甲一", "economic_hardship")
    school.grant("甲一", "left_behind")

    listed = school.world.ok(school.office, "list_priorities", school.at("甲一"))["items"]

    assert {each["category"]: each["waiver_category"] for each in listed} == {
        "economic_hardship": "economic_hardship",
        "left_behind": None,
    }


@pytest.mark.clause("P2-015")
def test_what_the_plan_leaves_open_only_the_bureau_grants(school: Placing):
    body = {"category": "other", "evidence": "家庭突发变故"}

    reply = school.world.handle(school.office, "grant_priority", school.at("甲一"), body)
    assert (reply["code"], reply["clauses"]) == ("enrollment.priority-needs-authority", ["P2-015"])
    school.world.ok(bureau(DEXING), "grant_priority", school.at("甲一"), body)

    [granted] = school.events("PriorityGranted")
    assert granted["data"] == {**school.at("甲一"), "category": "other"}
    assert granted["actor"]["role"] == "bureau"
    again = {**body, "evidence": "学校另写"}
    code = school.world.refused(school.office, "grant_priority", school.at("甲一"), again)
    [kept] = school.world.ok(school.office, "list_priorities", school.at("甲一"))["items"]
    assert (code, kept["evidence"]) == ("enrollment.priority-needs-authority", "家庭突发变故")


@pytest.mark.clause("P2-012", "P2-015")
def test_a_category_that_the_district_does_not_list_is_refused_by_name(school: Placing):
    setting = {
        "parameter": "priority_categories",
        "value": ["disabled", "left_behind"],
        "reason": "教体局通知",
    }
    school.world.ok(bureau(DEXING), "set_policy_parameter", {"profile": "dexing"}, setting)
    body = {"category": "economic_hardship", "evidence": "证明"}

    reply = school.world.handle(school.office, "grant_priority", school.at("甲一"), body)

    assert reply["code"] == "enrollment.priority-unknown"
    assert "disabled" in reply["detail"]["en"]
    invented = {"category": "friend_of_the_head", "evidence": "x"}
    code = school.world.refused(school.office, "grant_priority", school.at("甲一"), invented)
    assert code == "invalid-fields"


@pytest.mark.clause("P2-012")
def test_what_the_child_needs_reaches_the_class_teacher_and_the_evidence_does_not(school: Placing):
    school.grant("甲一", "disabled", evidence=EVIDENCE, support=SUPPORT)
    class_id = school.pupils["甲一"]["class_id"]
    teacher = Principal(account_id="t", role="teacher", school_id=OTHER, class_ids=(class_id,))

    room = {"class_id": class_id}
    [seen] = school.world.ok(teacher, "list_class_support", room)["items"]
    [full] = school.world.ok(school.office, "list_priorities", school.at("甲一"))["items"]

    assert seen == {**school.at("甲一"), "support": SUPPORT}
    assert (full["support"], full["evidence"]) == (SUPPORT, EVIDENCE)
    for text in (EVIDENCE, SUPPORT):
        assert text not in repr(school.events())
    elsewhere = replace(teacher, class_ids=("another",))
    code = school.world.refused(elsewhere, "list_class_support", room)
    assert code == "enrollment.class-unknown"
    for who in (teacher, school.parent("甲一")):
        code = school.world.refused(who, "list_priorities", school.at("甲一"))
        assert code == "not-permitted"


def test_with_the_childs_data_the_evidence_is_erased(school: Placing):
    school.grant("甲一", "disabled", evidence=EVIDENCE, support=SUPPORT)
    erased = {"school_id": OTHER, "grounds": "guardian-request", "reason": "书面申请 3 号"}
    school.world.ok(OPERATOR, "erase_person", {"person_id": school.id_of("甲一")}, erased)
    school.grant("甲一", "left_behind", evidence="新的证明")

    listed = school.world.ok(school.office, "list_priorities", school.at("甲一"))["items"]

    assert EVIDENCE not in repr(listed)
    assert "新的证明" not in repr(listed)


def test_without_choices_of_accepted_families_there_is_nothing_to_allocate(school: Placing):
    school.world.apply(school.pupils["甲一"])
    school.choose("甲一", "ball")
    at = {"term_id": school.term_id}

    reply = school.world.handle(school.office, "allocate_places", at, {})

    assert reply["code"] == "enrollment.nothing-to-allocate"
    assert "accept applications" in reply["detail"]["en"]
    assert school.world.refused(school.office, "get_allocation", at) == (
        "enrollment.allocation-unknown"
    )
    for who in (school.parent("甲一"), bureau(DEXING)):
        assert school.world.refused(who, "allocate_places", at, {}) == "not-permitted"
    assert school.world.refused(office(SCHOOL), "allocate_places", at, {}) == (
        "enrollment.term-unknown"
    )


def test_zero_places_is_legal_and_everybody_waits(school: Placing):
    school.offer("choir", 0, starts="18:00", ends="18:40")
    school.accept("甲一", "乙二")
    for name in ("甲一", "乙二"):
        school.choose(name, "choir")

    assert school.allocate()["placed"] == 0

    assert list(school.standing("choir").values()) == ["waiting", "waiting"]
    assert "所选项目都已满" in school.mine("甲一")["explanation"]["text"]["zh"]


@pytest.mark.clause("P2-012")
def test_every_family_reads_why_in_both_languages(school: Placing):
    names = ("甲一", "乙二", "丙三")
    school.accept(*names)
    by_arrival = {"parameter": "tie_break", "value": "arrival", "reason": "教体局通知"}
    school.world.ok(bureau(DEXING), "set_policy_parameter", {"profile": "dexing"}, by_arrival)
    school.grant("丙三", "disabled")
    for name in names:
        school.choose(name, "ball", "chess")

    school.allocate()

    explained = {name: school.mine(name)["explanation"] for name in names}
    assert {name: each["text"]["zh"] for name, each in explained.items()} == {
        "丙三": "优先学生，申请先后第 1 位（共 3 位）。获得第 1 志愿“趣味篮球”。",
        "甲一": "一般学生，申请先后第 2 位（共 3 位）。轮到时已满：趣味篮球。"
        "获得第 2 志愿“中国象棋”。",
        "乙二": "一般学生，申请先后第 3 位（共 3 位）。轮到时已满：趣味篮球、中国象棋。"
        "所选项目都已满，已按次序候补。",
    }
    assert explained["甲一"]["text"]["en"] == (
        "Group general, by arrival: turn 2 of 3. Full when your turn came: 趣味篮球. "
        "Got choice 2: 中国象棋."
    )
    assert explained["乙二"]["text"]["en"].endswith("All choices were full; waiting in that order.")
    assert [each["ahead"] for each in school.mine("乙二")["items"]] == [0, 0]


def test_a_second_allocation_places_newcomers_and_keeps_everybodys_explanation(school: Placing):
    school.accept("甲一", "乙二")
    for name in ("甲一", "乙二"):
        school.choose(name, "ball")
    school.allocate()
    before, waiting = school.standing("ball"), school.mine("甲一")["explanation"]
    school.accept("丙三")
    school.choose("丙三", "ball", "chess")

    second = school.allocate(seed="2026-09-02")

    assert second["pupils"] == 2, "who waits, and the new one; who holds a place is not moved"
    assert school.standing("chess") == {"丙三": "held"}
    assert school.standing("ball") == before
    holder = next(name for name, standing in before.items() if standing == "held")
    assert school.mine(holder)["explanation"]["choice"] == 1
    assert waiting["pupils"] == 2


@dataclass
class Recomputed:
    """What the events before an allocation say, and nothing else: places, choices, ranks, times."""

    capacities: dict[str, int] = field(default_factory=dict)
    choices: dict[str, tuple[str, ...]] = field(default_factory=dict)
    applied: dict[str, str] = field(default_factory=dict)
    accepted: set[str] = field(default_factory=set)
    ranked: set[str] = field(default_factory=set)
    students: dict[str, str] = field(default_factory=dict)

    def hear(self, event: dict[str, Any]) -> None:
        data = event["data"]
        match event["type"]:
            case "OfferingProposed" | "CapacityChanged":
                self.capacities[data["offering_id"]] = data["capacity"]
            case "OfferingsChosen":
                self.choices[data["student_id"]] = tuple(data["offering_ids"])
            case "ApplicationSubmitted":
                self.applied[data["student_id"]] = event["occurred_at"]
                self.students[data["application_id"]] = data["student_id"]
            case "ApplicationAccepted":
                self.accepted.add(self.students[data["application_id"]])
            case "PriorityGranted":
                self.ranked.add(data["student_id"])

    def wishes(self) -> list[Wish]:
        return [
            Wish(
                student_id=who,
                rank=0 if who in self.ranked else 1,
                applied_at=self.applied[who],
                choices=choices,
            )
            for who, choices in self.choices.items()
            if who in self.accepted
        ]


@pytest.mark.clause("P2-012")
@pytest.mark.parametrize("rule", ["lottery", "arrival"])
def test_anybody_repeats_the_allocation_from_the_events_alone(school: Placing, rule: str):
    setting = {"parameter": "tie_break", "value": rule, "reason": "教体局通知"}
    school.world.ok(bureau(DEXING), "set_policy_parameter", {"profile": "dexing"}, setting)
    wishes = {
        "甲一": ("ball", "chess"),
        "乙二": ("ball", "choir"),
        "丙三": ("ball",),
        "丁四": ("chess", "ball"),
        "戊五": ("choir", "chess", "ball"),
    }
    school.offer("choir", 2, starts="18:00", ends="18:40")
    school.change("ball", 2)
    school.accept(*wishes)
    school.choose("甲一", "choir")
    for name, choices in wishes.items():
        school.choose(name, *choices)
    school.grant("丙三", "left_behind")
    school.world.apply(school.pupils["己六"])
    school.choose("己六", "ball")
    school.allocate(seed="摇号 2026-08-30 第三次")

    from_log = Recomputed()
    events = json.loads(json.dumps(school.events()))
    position = [each["type"] for each in events].index("PlacesAllocated")
    for event in events[:position]:
        from_log.hear(event)
    told = events[position]["data"]
    again = allocate(from_log.capacities, from_log.wishes(), seed=told["seed"], rule=told["rule"])

    assert told["input_sha256"] == digest(from_log.capacities, from_log.wishes())
    assert (told["rule"], told["pupils"]) == (rule, 5)
    assert told["placed"] == sum(len(each) for each in again.placed.values())
    filled = {each["data"]["offering_id"]: each["data"] for each in school.events("PlacesFilled")}
    assert {each: tuple(filled[each]["student_ids"]) for each in filled} == dict(again.placed)
    assert {each: tuple(filled[each]["waiting_ids"]) for each in filled} == dict(again.waiting)
    for result in again.results:
        name = next(n for n in wishes if school.id_of(n) == result.student_id)
        explained = school.mine(name)["explanation"]
        assert (explained["turn"], explained["offering_id"]) == (result.turn, result.offering_id)


def test_the_seed_is_published_and_a_repeat_of_the_request_draws_no_second_lot(school: Placing):
    school.accept("甲一", "乙二")
    for name in ("甲一", "乙二"):
        school.choose(name, "ball")
    first = school.allocate(idempotency_key="k")
    seen = school.events()

    assert school.allocate(idempotency_key="k") == first

    assert school.events() == seen
    shown = school.world.ok(school.parent("甲一"), "get_allocation", {"term_id": school.term_id})
    assert (shown["seed"], shown["input_sha256"]) == ("2026-08-30", first["input_sha256"])
