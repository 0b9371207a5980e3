"""Asking families and pupils: one answer each, results that hide nobody, a response at the end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import text

from chassis.kernel.call import Principal
from services.enrollment.listening.tables import surveys
from tests.component.enrollment.listening import HERE, PUPILS, Listening, listen
from tests.component.enrollment.world import (
    OPERATOR,
    OTHER,
    SCHOOL,
    World,
    bureau,
    guardian,
    office,
)

MONDAY = {"weekday": 1, "service_kind": "after_school_custody"}
TUESDAY = {"weekday": 2, "service_kind": "after_school_custody"}


@pytest.fixture
def school(world: World) -> Listening:
    return listen(world)


def answered(school: Listening, survey_id: str, names: Sequence[str] = PUPILS) -> None:
    for number, name in enumerate(names):
        answers: dict[str, Any] = {"more": "yes" if number else "no", "joy": 3 + number % 3}
        reply = school.say(survey_id, name, answers={**answers, "words": f"话{number}"})
        assert reply["status"] == "ok", reply


@pytest.mark.clause("P1-102", "P2-052", "P2-047")
def test_a_survey_is_asked_answered_and_closed_with_a_published_response(school: Listening):
    survey_id = school.ask(title="开学前问问您")
    answered(school, survey_id, PUPILS[:5])

    empty = {"survey_id": survey_id}, {"response": "  "}
    assert school.world.refused(office(), "close_survey", *empty) == "enrollment.response-missing"
    school.close(survey_id)

    assert school.last()["type"] == "SurveyClosed"
    figures = school.last()["data"]
    assert (figures["answers"], figures["invited"], figures["response_rate_bp"]) == (5, 7, 7142)
    shown = school.survey(survey_id, school.family_of("周七七"))
    assert shown["response"] == "谢谢，下月起增加周五。"
    assert shown["results"][0]["counts"] == {"yes": 4, "no": 1}
    assert shown["results"][1]["average_hundredths"] == 380
    [listed] = school.world.ok(office(), "list_surveys", HERE, {"state": "closed"})["items"]
    assert (listed["title"], listed["response_rate_bp"]) == ("开学前问问您", 7142)


@pytest.mark.clause("P2-047")
def test_others_ask_whether_a_term_was_asked_beforehand(school: Listening):
    survey_id = school.ask("demand")
    school.say(survey_id, "李三三", wishes=[MONDAY])

    def closed(purpose: str) -> list[int]:
        with school.world.service.database.read() as connection:
            found = surveys.closed(connection, school.term_id, purpose)
        return [each["response_rate_bp"] for each in found]

    assert closed("demand") == []
    school.close(survey_id)
    assert (closed("demand"), closed("opinion")) == ([1428], [])


def test_the_first_response_stands(school: Listening):
    survey_id = school.ask()
    school.close(survey_id, "第一次")
    school.close(survey_id, "第二次")

    assert school.world.types().count("SurveyClosed") == 1
    assert school.survey(survey_id)["response"] == "第一次"


def test_answering_again_replaces_the_answer_until_the_close(school: Listening):
    survey_id = school.ask()
    first = {"more": "yes", "words": "先这样"}
    school.say(survey_id, "李三三", answers=first)
    school.say(survey_id, "李三三", answers=first)
    assert school.world.types().count("SurveyAnswered") == 1
    school.say(survey_id, "李三三", answers={**first, "words": "改一改"})
    school.say(survey_id, "李三三", answers={"more": "no"})

    assert school.survey(survey_id)["answers"] == 1
    assert school.world.types().count("SurveyAnswered") == 3
    told = repr(school.world.events())
    assert "先这样" not in told
    assert "改一改" not in told
    school.close(survey_id)
    late = school.say(survey_id, "李三三", answers=first)
    assert late["code"] == "enrollment.survey-over"


def test_both_children_of_a_family_have_their_answer(school: Listening):
    survey_id = school.ask()
    school.say(survey_id, "张一一", answers={"joy": 5})

    children = school.survey(survey_id, school.family_of("张一一"))["children"]

    answered_ids = {each["student_id"] for each in children if each["answered"]}
    assert len(children) == 2
    assert answered_ids == {school.pupils["张一一"]["student_id"]}


def test_nobody_answers_for_somebody_elses_child(school: Listening):
    survey_id = school.ask()
    child = {"student_id": school.pupils["李三三"]["student_id"], "answers": {"joy": 5}}

    for who in (school.family_of("张一一"), guardian("nobody")):
        reply = school.world.handle(who, "answer_survey", {"survey_id": survey_id}, child)
        assert reply["kind"] == "unknown"
    system = Principal(account_id="system", role="system")
    reply = school.world.handle(system, "answer_survey", {"survey_id": survey_id}, child)
    assert reply["kind"] == "unknown"
    for who in (office(), bureau()):
        reply = school.world.handle(who, "answer_survey", {"survey_id": survey_id}, child)
        assert reply["kind"] == "forbidden"


@pytest.mark.clause("P1-088")
def test_a_guardian_writes_down_what_the_pupil_says(school: Listening):
    survey_id = school.ask("satisfaction", audience="pupils")

    said = school.say(survey_id, "李三三", answers={"joy": 5}, **{"as": "pupil"})
    wrong = school.say(survey_id, "王四四", answers={"joy": 5}, **{"as": "guardian"})

    assert (said["status"], wrong["code"]) == ("ok", "enrollment.voice-wrong")
    assert school.last()["data"]["voice"] == "pupil"


@pytest.mark.clause("P1-088")
def test_four_answers_are_too_few_to_show(school: Listening):
    survey_id = school.ask()
    answered(school, survey_id, PUPILS[:4])
    assert school.survey(survey_id)["results_state"] == "too_few"
    answered(school, survey_id, PUPILS[4:5])
    assert school.survey(survey_id)["results_state"] == "shown"

    school.close(survey_id)
    by_role = {who.role: school.survey(survey_id, who) for who in (office(), bureau())}
    texts = {role: shown["results"][2]["texts"] for role, shown in by_role.items()}
    assert texts == {"school_office": ["话0", "话0", "话1", "话2", "话3"], "bureau": None}


def test_families_see_no_results_before_the_close(school: Listening):
    survey_id = school.ask()
    answered(school, survey_id)

    shown = school.survey(survey_id, school.family_of("李三三"))

    assert (shown["results_state"], shown["results"], shown["answers"]) == ("not_yet", None, 7)


@pytest.mark.clause("P1-088")
def test_satisfaction_with_an_offering_is_followed_over_its_surveys(school: Listening):
    for offering_id, names in (("o-1", PUPILS), ("o-2", PUPILS), ("o-1", PUPILS[:4])):
        survey_id = school.ask("satisfaction", audience="pupils", offering_id=offering_id)
        answered(school, survey_id, names)
        school.close(survey_id)

    answered(school, school.ask("satisfaction", audience="pupils", offering_id="o-1"))
    trend = school.survey(survey_id)["trend"]

    assert [each["answers"] for each in trend] == [7, 4]
    assert [each["satisfied_bp"] for each in trend] == [5714, None]
    assert [each["average_hundredths"] for each in trend] == [386, None]


@pytest.mark.clause("P2-054")
def test_demand_is_counted_by_grade_weekday_and_kind(school: Listening):
    survey_id = school.ask("demand")
    assert MONDAY in school.survey(survey_id)["choices"]
    for name, wishes in (
        ("张一一", [MONDAY, TUESDAY]),
        ("李三三", [MONDAY]),
        ("周七七", [TUESDAY]),
    ):
        assert school.say(survey_id, name, wishes=wishes)["status"] == "ok"
    school.say(survey_id, "王四四", wishes=[])
    friday = {"weekday": 5, "service_kind": "after_school_custody"}
    assert school.say(survey_id, "赵五五", wishes=[friday])["code"] == "enrollment.answer-wrong"

    body = {"term_id": school.term_id}
    demand = school.world.ok(office(), "get_demand", HERE, body)

    counts = {
        (each["grade"], each["weekday"]): each["wishes"]
        for each in demand["items"]
        if each["service_kind"] == "after_school_custody"
    }
    assert (counts[3, 1], counts[3, 2], counts[2, 1], counts[2, 2]) == (2, 1, 0, 1)
    assert [(each["grade"], each["pupils"], each["answers"]) for each in demand["grades"]] == [
        (2, 2, 1),
        (3, 5, 3),
    ]


@pytest.mark.clause("P2-054")
def test_demand_told_anonymously_hides_a_grade_of_few(school: Listening):
    survey_id = school.ask("demand", anonymous=True)
    for name in PUPILS:
        school.say(survey_id, name, wishes=[MONDAY])
    body = {"term_id": school.term_id}
    assert school.world.ok(office(), "get_demand", HERE, body)["items"] == []
    school.close(survey_id)

    demand = school.world.ok(office(), "get_demand", HERE, body)

    assert [(each["grade"], each["too_few"]) for each in demand["grades"]] == [
        (2, True),
        (3, False),
    ]
    assert {each["grade"] for each in demand["items"]} == {3}


def test_a_term_without_a_demand_survey_says_so(school: Listening):
    demand = school.world.ok(office(), "get_demand", HERE, {"term_id": school.term_id})

    assert (demand["survey_id"], demand["results_state"]) == (None, "not_yet")


def test_an_anonymous_answer_leads_to_nobody(school: Listening):
    survey_id = school.ask(anonymous=True)
    child = school.pupils["李三三"]["student_id"]
    parent = school.family_of("李三三")
    request = {"student_id": child, "answers": {"joy": 1, "words": "不好"}}
    for _ in range(2):
        reply = school.world.handle(
            parent,
            "answer_survey",
            {"survey_id": survey_id},
            request,
            idempotency_key="k-1",
            correlation_id="request-1",
        )
        assert reply["status"] == "ok"

    told = [each for each in school.world.events() if each["type"] == "SurveyAnswered"]
    assert len(told) == 1
    assert told[0]["actor"] == {"account_id": "anonymous", "role": "guardian"}
    for trace in (child, parent.account_id, parent.person_id, "request-1", "不好"):
        assert str(trace) not in repr(told)
    with school.world.service.database.read() as connection:
        for table in ("survey_answers", "outcomes"):
            rows = repr(connection.execute(text(f"SELECT * FROM {table}")).all())
            assert child not in rows
            assert f"{parent.account_id}:" not in rows


def test_after_the_close_nobody_can_tell_who_answered_anonymously(school: Listening):
    survey_id = school.ask(anonymous=True)
    answered(school, survey_id)
    parent = school.family_of("李三三")
    assert school.survey(survey_id)["results_state"] == "not_yet"
    assert [each["answered"] for each in school.survey(survey_id, parent)["children"]] == [True]

    school.close(survey_id)

    assert [each["answered"] for each in school.survey(survey_id, parent)["children"]] == [None]
    assert school.survey(survey_id)["results"][2]["texts"] == [f"话{n}" for n in range(7)]
    vault = school.world.service.log.vault
    assert vault is not None
    with school.world.service.database.read() as connection:
        assert vault.session(connection).erased([f"survey-{survey_id}"])
    late = school.say(survey_id, "李三三", answers={"joy": 1})
    assert late["code"] == "enrollment.survey-over"


def test_with_a_pupils_data_the_words_are_erased_and_no_new_ones_are_kept(school: Listening):
    survey_id = school.ask()
    for name in PUPILS:
        words = {"words": f"{name}家的话"} if name != "李三三" else {}
        assert school.say(survey_id, name, answers={"joy": 5, **words})["status"] == "ok"
    grounds = {"school_id": SCHOOL, "grounds": "guardian-request", "reason": "书面申请 3 号"}
    for name in ("李三三", "王四四"):
        person = {"person_id": school.pupils[name]["student_id"]}
        school.world.ok(OPERATOR, "erase_person", person, grounds)
        again = school.say(survey_id, name, answers={"joy": 4, "words": "又说了"})
        assert again["status"] == "ok"

    texts = school.survey(survey_id)["results"][2]["texts"]
    kept = [name for name in PUPILS if name not in ("李三三", "王四四")]
    assert sorted(texts) == sorted(f"{name}家的话" for name in kept)


def test_other_schools_know_of_no_survey(school: Listening):
    survey = {"survey_id": school.ask()}

    for who in (office(OTHER), bureau("dexing-1"), guardian("nobody")):
        assert school.world.refused(who, "get_survey", survey) == "enrollment.survey-unknown"
    body = {"response": "好"}
    assert (
        school.world.refused(office(OTHER), "close_survey", survey, body)
        == "enrollment.survey-unknown"
    )
