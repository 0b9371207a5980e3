"""Opinions of all sources get a reply and an improvement; until then they are open."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.kernel.call import Principal
from tests.component.enrollment.listening import HERE, Listening, listen
from tests.component.enrollment.world import (
    CITY,
    OPERATOR,
    OTHER,
    SCHOOL,
    World,
    at,
    bureau,
    office,
)

SOURCES = ("pupil", "guardian", "public", "npc_deputy", "cppcc_member")


@pytest.fixture
def school(world: World) -> Listening:
    return listen(world)


def give(school: Listening, who: Principal, source: str = "guardian", **more: Any) -> dict:
    body = {"source": source, "text": "放学太挤了", **more}
    return school.world.handle(who, "give_opinion", HERE, body)


def improve(school: Listening, *opinion_ids: str, **more: Any) -> dict:
    body = {"title": "分批放学", "text": "三个门分年级。", "opinion_ids": list(opinion_ids), **more}
    return school.world.handle(office(), "publish_improvement", HERE, body)


def listed(school: Listening, who: Principal | None = None, **body: Any) -> list[dict[str, Any]]:
    items = school.world.ok(who or office(), "list_opinions", HERE, body)["items"]
    return list(items)


@pytest.mark.clause("P2-115")
def test_every_source_is_heard_answered_and_improved_upon(school: Listening):
    given = [give(school, office(), source, contact="电话 1") for source in SOURCES]
    ids = [each["body"]["opinion_id"] for each in given]
    assert [each["source"] for each in listed(school, state="open")] == list(SOURCES)
    assert {each["waits_for"] for each in listed(school)} == {"reply"}
    school.world.clock.instant = at("2026-08-23T09:00:00")
    assert {each["waiting_days"] for each in listed(school)} == {3}

    for opinion_id in ids:
        school.world.ok(
            office(), "answer_opinion", {"opinion_id": opinion_id}, {"reply": "谢谢，马上改。"}
        )
    assert {each["waits_for"] for each in listed(school, state="open")} == {"improvement"}
    improvement = improve(school, *ids)["body"]

    assert improvement["opinions"] == len(SOURCES)
    assert listed(school, state="open") == []
    settled = listed(school, state="settled")
    assert {each["reply"] for each in settled} == {"谢谢，马上改。"}
    assert {each["improvement_id"] for each in settled} == {improvement["improvement_id"]}
    [shown] = school.world.ok(school.family_of("李三三"), "list_improvements", HERE)["items"]
    assert (shown["title"], shown["text"]) == ("分批放学", "三个门分年级。")


@pytest.mark.clause("P2-115")
def test_a_reply_may_name_an_improvement_that_is_there(school: Listening):
    opinion = {"opinion_id": give(school, office())["body"]["opinion_id"]}
    reply = {"reply": "见改进措施", "improvement_id": "nowhere"}
    code = school.world.refused(office(), "answer_opinion", opinion, reply)
    assert code == "enrollment.improvement-unknown"
    improvement_id = improve(school)["body"]["improvement_id"]

    reply["improvement_id"] = improvement_id
    said = school.world.ok(office(), "answer_opinion", opinion, reply)

    assert (said["state"], said["improvement_id"]) == ("settled", improvement_id)


def test_a_family_gives_its_own_opinion_and_reads_the_reply(school: Listening):
    parent = school.family_of("李三三")
    opinion_id = give(school, parent, contact="电话 1")["body"]["opinion_id"]
    give(school, school.family_of("王四四"))
    reply = {"reply": "已改"}
    school.world.ok(office(), "answer_opinion", {"opinion_id": opinion_id}, reply)

    [mine] = listed(school, parent)

    assert (mine["opinion_id"], mine["text"], mine["reply"]) == (opinion_id, "放学太挤了", "已改")
    assert mine["contact"] is None
    assert [each["contact"] for each in listed(school)] == ["电话 1", None]


@pytest.mark.clause("P2-115")
def test_a_family_does_not_speak_for_a_deputy(school: Listening):
    reply = give(school, school.family_of("李三三"), "npc_deputy")

    assert (reply["code"], reply["clauses"]) == ("enrollment.source-not-yours", ["P2-115"])


def test_naming_the_improvement_later_keeps_the_day_of_the_reply(school: Listening):
    opinion = {"opinion_id": give(school, office())["body"]["opinion_id"]}
    replied = school.world.ok(office(), "answer_opinion", opinion, {"reply": "好"})
    school.world.clock.instant = at("2026-09-20T09:00:00")
    link = {"reply": "好", "improvement_id": improve(school)["body"]["improvement_id"]}

    linked = school.world.ok(office(), "answer_opinion", opinion, link)

    assert (linked["state"], linked["answered_at"]) == ("settled", replied["answered_at"])
    assert listed(school)[0]["waiting_days"] == 0


@pytest.mark.clause("P2-115")
def test_the_bureau_takes_down_what_it_hears(school: Listening):
    assert give(school, bureau(CITY), "cppcc_member")["status"] == "ok"
    assert give(school, bureau("dexing-1"), "cppcc_member")["kind"] == "unknown"
    assert [each["contact"] for each in listed(school, bureau(CITY))] == [None]


def test_the_first_reply_stands_and_a_repeat_is_quiet(school: Listening):
    opinion = {"opinion_id": give(school, office())["body"]["opinion_id"]}
    for _ in range(2):
        school.world.ok(office(), "answer_opinion", opinion, {"reply": "好"})
    assert school.world.types().count("OpinionAnswered") == 1

    code = school.world.refused(office(), "answer_opinion", opinion, {"reply": "不"})

    assert code == "enrollment.opinion-already-answered"
    assert listed(school)[0]["reply"] == "好"


def test_an_improvement_answers_only_what_the_school_was_told(school: Listening):
    there = {"school_id": OTHER}
    body = {"source": "public", "text": "别的学校"}
    elsewhere = school.world.ok(office(OTHER), "give_opinion", there, body)["opinion_id"]

    assert improve(school, elsewhere)["code"] == "enrollment.opinion-unknown"
    assert improve(school, survey_id="nowhere")["code"] == "enrollment.survey-unknown"
    assert improve(school, survey_id=school.ask())["status"] == "ok"


def test_what_was_said_is_in_no_event(school: Listening):
    opinion_id = give(school, office(), contact="电话 13900000000")["body"]["opinion_id"]
    reply = {"reply": "回复内容"}
    school.world.ok(office(), "answer_opinion", {"opinion_id": opinion_id}, reply)
    improve(school, opinion_id)

    told = repr(school.world.events())
    for words in ("放学太挤了", "13900000000", "回复内容", "分批放学", "三个门"):
        assert words not in told


def test_who_is_erased_takes_the_words_along_and_still_gets_a_reply(school: Listening):
    parent = school.family_of("李三三")
    survey_id = school.ask()
    school.say(survey_id, "李三三", answers={"words": "孩子的话"})
    answered = give(school, parent)["body"]["opinion_id"]
    school.world.ok(office(), "answer_opinion", {"opinion_id": answered}, {"reply": "李女士您好"})
    waiting = give(school, parent)["body"]["opinion_id"]

    for kind, person in (
        ("guardian", str(parent.person_id)),
        ("student", school.pupils["李三三"]["student_id"]),
    ):
        body = {
            "school_id": SCHOOL,
            "kind": kind,
            "grounds": "guardian-request",
            "reason": "家长要求",
        }
        school.world.ok(OPERATOR, "erase_person", {"person_id": person}, body)
    school.world.ok(office(), "answer_opinion", {"opinion_id": waiting}, {"reply": "已处理"})

    first, second = listed(school)
    assert (first["text"], first["reply"]) == ("（已删除）", "（已删除）")
    assert (second["text"], second["reply"]) == ("（已删除）", "已处理")
    with school.world.service.database.read() as connection:
        vault = school.world.service.log.vault
        assert vault is not None
        said = [each for each in school.world.events() if each["type"] == "SurveyAnswered"]
        assert vault.session(connection).erased([said[0]["data"]["answer_id"]])
