"""A whole term of one school under each plan, through the API alone.

From the survey stage to the closed plan: every part of the term in the order in which a school, its
bureau, a teacher and three families do it, with the refusals that they meet on the way.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.end_to_end.asking import asking
from tests.end_to_end.client import Client, Refused
from tests.end_to_end.town import School, guardian, open_school, plan_term, register_district
from tests.end_to_end.worlds import World

CHILDREN = ("周小满", "陈一诺", "林晨")
PLANS = {"urban-district": "琵琶社团", "dexing": "趣味体育"}
"""Each plan with the feature activity that its school offers."""

AFTER_PUBLICITY = "2026-08-28T09:00:00+08:00"
FIRST_MORNING = "2026-09-01T08:00:00+08:00"
IN_OCTOBER = "2026-10-12T09:00:00+08:00"
AFTER_THE_TERM = "2027-01-23T09:00:00+08:00"
TUESDAY = "2026-09-08"


class Term:
    """The people of one school's term; ``ask`` sends an operation as one of them."""

    def __init__(self, world: World, profile: str) -> None:
        self.world, self.profile = world, profile
        self.bureau = register_district(world, profile, profile)
        if profile == "dexing":
            self._set_what_the_plan_leaves_blank()
        self.school: School = open_school(world, profile, f"{profile}-school")
        plan_term(self.school, self.bureau, profile)
        self.here = {"term_id": self.school.term_id}
        self.at = {"school_id": self.school.school_id}
        self.applications: dict[str, str] = {}

    def _set_what_the_plan_leaves_blank(self) -> None:
        times = {"summer": "17:30", "winter": "17:00"}
        for parameter, value in (("primary_custody_end", times), ("fee_cap_primary_fen", 6000)):
            setting = {"parameter": parameter, "value": value, "reason": "市里公布"}
            self.bureau.post("/policies/dexing/parameters", setting)

    def ask(self, who: str | Client, operation: str, params: Any, body: Any = None) -> Any:
        people = {
            "office": self.school.office,
            "teacher": self.school.teacher,
            "bureau": self.bureau,
        }
        if isinstance(who, Client):
            return asking({"them": who})("them", operation, params, body)
        return asking(people)(who, operation, params, body)

    def refused(self, who: str | Client, operation: str, params: Any, body: Any = None) -> str:
        with pytest.raises(Refused) as refusal:
            self.ask(who, operation, params, body)
        return str(refusal.value.code)

    def parent(self, child: str) -> Client:
        return guardian(self.world, self.school, child)

    def child(self, name: str) -> dict[str, str]:
        return {"student_id": self.school.students[name]}

    def application(self, child: str) -> dict[str, str]:
        return {"application_id": self.applications[child]}

    def offering(self, title: str) -> dict[str, str]:
        listed = self.ask("office", "list_offerings", self.here)["items"]
        found = next(each for each in listed if each["title"] == title)
        return {"offering_id": found["offering_id"]}

    def places(self, child: str) -> dict[str, Any]:
        where = {**self.here, **self.child(child)}
        return dict(self.ask(self.parent(child), "my_places", where))


@pytest.mark.timeout(420)
@pytest.mark.parametrize("profile", PLANS)
@pytest.mark.clause(
    "P1-007",
    "P1-024",
    "P1-029",
    "P1-079",
    "P1-100",
    "P1-102",
    "P2-005",
    "P2-012",
    "P2-047",
    "P2-052",
    "P2-094",
    "P2-115",
)
def test_a_whole_term(world: World, profile: str) -> None:
    term = Term(world, profile)
    _families_apply_and_choose(term)
    _places_are_allocated(term)
    term.ask("office", "publish_list", term.at, term.here)
    world.advance_to(AFTER_PUBLICITY)
    _families_sign(term)
    world.advance_to(FIRST_MORNING)
    _the_service_starts(term)
    _a_session_is_planned_and_reviewed(term)
    _a_place_is_given_up_and_passed_on(term)
    world.advance_to(IN_OCTOBER)
    _parents_are_heard(term)
    _one_pauses_and_one_leaves(term)
    _the_pack_is_filed(term)
    world.kill_and_start_again()
    world.advance_to(AFTER_THE_TERM)
    closed = term.ask("office", "close_plan", term.here)
    assert closed["standing"] == "closed"


def _families_apply_and_choose(term: Term) -> None:
    wish = {**term.here, "service_kinds": ["after_school_custody"]}
    if term.profile == "dexing":
        unasked = {**wish, **term.child("周小满")}
        refused = term.refused(term.parent("周小满"), "submit_application", term.at, unasked)
        assert refused == "enrollment.assent-missing"
    for name in CHILDREN:
        form = {**wish, **term.child(name), "pupil_assents": True}
        made = term.ask(term.parent(name), "submit_application", term.at, form)
        term.applications[name] = made["application_id"]
        view = {"recommended": True, "note": "建议参加"}
        term.ask("teacher", "review_application", term.application(name), view)
        term.ask("office", "accept_application", term.application(name))
        feature = term.offering(PLANS[term.profile])["offering_id"]
        guidance = term.offering("作业辅导")["offering_id"]
        ranked = [feature, guidance] if name != "林晨" else [feature]
        choice = {**term.here, "offering_ids": ranked}
        term.ask(term.parent(name), "choose_offerings", term.child(name), choice)


def _places_are_allocated(term: Term) -> None:
    feature = term.offering(PLANS[term.profile])
    term.ask("office", "change_capacity", feature, {"capacity": 1})
    grant = {"category": "left_behind", "evidence": "父母在外务工", "support": "放学由奶奶接"}
    term.ask("office", "grant_priority", term.child("陈一诺"), grant)
    seed = {"seed": "2026-08-20 公开抽签"}
    told = term.ask("office", "allocate_places", term.here, seed)
    assert (told["pupils"], told["placed"]) == (3, 2)
    assert told["seed"] == seed["seed"]

    first = term.places("陈一诺")["explanation"]
    assert (first["choice"], first["rank"], first["turn"]) == (1, 0, 1)
    second = term.places("周小满")["explanation"]
    assert second["choice"] == 2
    assert PLANS[term.profile] in second["text"]["zh"]
    third = term.places("林晨")
    assert third["explanation"]["offering_id"] is None
    assert [(each["standing"], each["ahead"]) for each in third["items"]] == [("waiting", 0)]


def _families_sign(term: Term) -> None:
    [listed] = term.ask("office", "list_publicities", term.at)["items"]
    term.ask("office", "confirm_list", {"publicity_id": listed["publicity_id"]})
    for name in CHILDREN:
        parent = term.parent(name)
        version = term.ask(parent, "get_agreement", term.application(name))["agreement_version"]
        signing = {"agreement_version": version}
        signed = term.ask(parent, "sign_agreement", term.application(name), signing)
        assert signed["state"] == "enrolled"


def _the_service_starts(term: Term) -> None:
    cockpit = term.ask("office", "get_term_plan", term.here)
    assert cockpit["missing"] == 0, [
        each["item"] for each in cockpit["checklist"] if each["state"] == "missing"
    ]
    assert term.ask("office", "start_service", term.here)["standing"] == "running"


def _a_session_is_planned_and_reviewed(term: Term) -> None:
    feature = term.offering(PLANS[term.profile])
    kind = "club" if term.profile == "urban-district" else "sport"
    plan = {"on": TUESDAY, "content_kind": kind, "description": "基本功和合练"}
    drill = {**plan, "content_kind": "drill"}
    assert term.refused("teacher", "submit_session_content", feature, drill) == (
        "enrollment.prohibited-content"
    )
    term.ask("teacher", "submit_session_content", feature, plan)
    advice = {"on": TUESDAY, "guidance": "控制强度"}
    term.ask("office", "approve_session_content", feature, advice)
    [session] = term.ask("teacher", "list_session_contents", feature)["items"]
    assert session["may_run"]


def _a_place_is_given_up_and_passed_on(term: Term) -> None:
    feature = term.offering(PLANS[term.profile])
    term.ask(term.parent("陈一诺"), "give_up_place", feature, term.child("陈一诺"))
    [offered] = term.places("林晨")["items"]
    assert offered["standing"] == "offered"
    assert offered["until"].startswith("2026-09-03")
    taken = term.ask(term.parent("林晨"), "accept_place", feature, term.child("林晨"))
    assert taken["standing"] == "held"


def _parents_are_heard(term: Term) -> None:
    asked = {
        **term.here,
        "purpose": "opinion",
        "audience": "guardians",
        "anonymous": True,
        "questions": [{"question_id": "q1", "kind": "text", "text": "哪里可以更好？"}],
    }
    survey = {"survey_id": term.ask("office", "open_survey", term.at, asked)["survey_id"]}
    answer = {**term.child("周小满"), "answers": {"q1": "想要更多户外活动"}}
    term.ask(term.parent("周小满"), "answer_survey", survey, answer)
    closed = term.ask("office", "close_survey", survey, {"response": "增加户外活动。"})
    assert closed["response_rate_bp"] > 0
    given = {"source": "guardian", "text": "接送时门口太挤"}
    opinion = term.ask(term.parent("林晨"), "give_opinion", term.at, given)
    one = {"opinion_id": opinion["opinion_id"]}
    term.ask("office", "answer_opinion", one, {"reply": "将分批放学。"})
    change = {"title": "分批放学", "text": "两个门分年级。", "opinion_ids": [opinion["opinion_id"]]}
    term.ask("office", "publish_improvement", term.at, change)
    assert term.ask("office", "list_opinions", term.at, {"state": "open"})["items"] == []


def _one_pauses_and_one_leaves(term: Term) -> None:
    pause = {"from_on": "2026-10-13", "until_on": "2026-10-20", "reason": "住院"}
    parent = term.parent("周小满")
    term.ask(parent, "suspend_enrolment", term.application("周小满"), pause)
    leave = {"effective_on": "2026-10-13", "reason": ""}
    left = term.ask(term.parent("陈一诺"), "withdraw_student", term.application("陈一诺"), leave)
    assert left["state"] == "withdrawn"


def _the_pack_is_filed(term: Term) -> None:
    pack = term.ask("office", "get_pack", term.here)
    assert pack["state"] == "overdue"
    filed = term.ask("office", "file_pack", term.here)
    assert (filed["state"], filed["missing"]) == ("filed", [])
    district = {"district_id": term.profile}
    [line] = term.ask("bureau", "list_district_plans", district)["filings"]
    assert (line["state"], line["days_overdue"]) == ("filed", 0)
    seen = term.ask("bureau", "acknowledge_filing", term.here)
    assert seen["state"] == "acknowledged"
