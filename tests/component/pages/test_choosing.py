"""A family asks the child, chooses activities in order, and answers for its places."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from chassis.kernel.call import CHINA
from gateway import texts
from services.enrollment.places.domain import errors
from services.enrollment.places.domain.places import PLACES, AcceptOffer
from tests.component.pages.term_work import TERM_WORK, place
from tests.component.pages.world import Browser, SchoolDay


@pytest.fixture(autouse=True)
def _their_side(day: SchoolDay) -> None:
    """What families and teachers are told; the office's pages have richer answers of their own."""
    day.take(TERM_WORK)


APPLICATION = "/me/children/st-9/application"
OFFERINGS = "/me/children/st-1/offerings/te-1"


def term_of(day: SchoolDay, child: int, **changes: Any) -> None:
    day.answers["my_children"]["items"][child]["terms"][0].update(changes)


def apply(browser: Browser, **values: Any) -> Any:
    path = f"{APPLICATION}/te-1"
    return browser.send(
        APPLICATION, path, answer="apply", service_kinds="after_school_custody", **values
    )


@pytest.mark.clause("P1-060", "P2-005")
def test_the_child_is_asked_with_two_equal_answers(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    browser = as_("guardian")
    page = browser.see(APPLICATION)
    assert "周小禾自己愿意参加吗？" in page
    asked = re.findall(
        r'<label class="choice"><input type="radio" name="pupil_assents" [^>]*>', page
    )
    assert [each.count("checked") for each in asked] == [0, 0]

    apply(browser, pupil_assents="yes")

    assert day.sent("submit_application")[0].body["pupil_assents"] is True


def test_of_several_services_none_is_chosen_beforehand(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    child = day.answers["my_children"]["items"][1]
    ticked = re.compile(r'name="service_kinds" value="(\w+)" checked')
    assert ticked.findall(as_("guardian").see(APPLICATION)) == []

    child["offered_service_kinds"] = ["after_school_custody"]

    assert ticked.findall(as_("guardian").see(APPLICATION)) == ["after_school_custody"]


@pytest.mark.clause("P2-005")
def test_where_the_plan_asks_for_it_nothing_is_sent_before_the_child_has_answered(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    term_of(day, 1, pupil_assent_required=True)

    answer = apply(as_("guardian"))

    assert answer.status_code == 422
    assert answer.text.count("请先问孩子本人，再选“愿意”或“不愿意”。") == 2
    assert 'value="after_school_custody" checked' in answer.text
    assert not day.sent("submit_application")


def test_where_the_plan_does_not_ask_for_it_the_answer_may_be_left_open(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    apply(as_("guardian"))

    assert "pupil_assents" not in day.sent("submit_application")[0].body


@pytest.mark.clause("P1-060", "P2-005")
@pytest.mark.parametrize("required", [True, False])
def test_a_childs_no_is_heard_and_explained_under_either_plan(
    as_: Callable[..., Browser], day: SchoolDay, required: bool
) -> None:
    term_of(day, 1, pupil_assent_required=required)

    answer = apply(as_("guardian"), pupil_assents="no")

    assert answer.status_code == 422
    assert "我们尊重孩子的意愿，没有提交报名" in answer.text
    assert 'name="pupil_assents" value="no" checked' in answer.text
    assert not day.sent("submit_application")


@pytest.mark.clause("P2-005")
@pytest.mark.parametrize(
    ("state", "words"),
    [("accepted", "这份申请就此结束"), ("enrolled", "从今天起退出课后服务")],
)
def test_a_child_that_changed_its_mind_is_told_what_that_means_and_heard(
    as_: Callable[..., Browser], day: SchoolDay, state: str, words: str
) -> None:
    term_of(day, 0, state=state, pupil_assents=True)
    browser = as_("guardian")
    here = "/me/children/st-1/application"
    assert words in browser.see(here)

    answer = browser.send(here, "/me/children/st-1/assent/ap-1", answer="no")

    assert "孩子不愿意，我们尊重孩子的选择" in browser.see(answer.location)
    [sent] = day.sent("record_pupil_assent")
    assert (sent.params, sent.body) == ({"application_id": "ap-1"}, {"assents": False})


def test_a_child_that_nobody_asked_can_still_say_yes(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    term_of(day, 0, state="submitted")
    here = "/me/children/st-1/application"

    as_("guardian").send(here, "/me/children/st-1/assent/ap-1", answer="yes")

    assert day.sent("record_pupil_assent")[0].body == {"assents": True}


@pytest.mark.clause("P1-060")
def test_who_declined_is_not_reminded(as_: Callable[..., Browser], day: SchoolDay) -> None:
    declined = {"action": "none", "zh": "您选择了不参加；需要时可再申请。", "en": "Declined."}
    day.answers["my_children"]["items"].pop(0)
    assert 'class="state attention"' in as_("guardian").see("/me")
    term_of(day, 0, state="declined", next=declined)

    page = as_("guardian").see("/me")

    assert "您选择了不参加" in page
    assert 'class="state attention"' not in page
    assert "button first" not in page
    assert f'href="{APPLICATION}"' in page, "the way back stays open"


@pytest.mark.clause("P2-048")
def test_a_school_that_is_not_ready_says_so_instead_of_a_form(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    term_of(day, 1, applications_open=False)

    page = as_("guardian").see(APPLICATION)

    assert "学校还没有开放这个学期的报名" in page
    assert 'value="apply"' not in page
    assert 'href="/schools/s1"' in page


def test_offerings_for_the_childs_grade_say_what_a_family_needs(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    page = as_("guardian").see(OFFERINGS)

    for words in ("琵琶社团", "周一、周三 16:15–17:00", "音乐教室", "吴老师", "还有 12 个名额"):
        assert words in page
    assert "已满，3 人候补" in page
    assert page.count("不收费") == 1
    assert "低年级绘本" not in page, "for other grades"
    assert re.search(r'name="rank-of-3".*?value="1" selected', page, re.S)
    assert re.search(r'name="rank-of-1".*?value="2" selected', page, re.S)


@pytest.mark.clause("P1-062")
def test_choices_are_sent_in_the_order_of_their_ranks(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    ranks = {"rank-of-1": "4", "rank-of-2": "", "rank-of-3": "2"}
    browser = as_("guardian")

    answer = browser.send(OFFERINGS, OFFERINGS, **ranks)

    assert "志愿已保存" in browser.see(answer.location)
    [sent] = day.sent("choose_offerings")
    assert sent.params == {"student_id": "st-1"}
    assert sent.body == {"term_id": "te-1", "offering_ids": ["of-3", "of-1"]}


def test_one_rank_for_two_comes_back_as_it_was_typed(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    ranks = {"rank-of-1": "1", "rank-of-2": "1", "rank-of-3": "5"}

    answer = as_("guardian").send(OFFERINGS, OFFERINGS, **ranks)

    assert answer.status_code == 422
    assert answer.text.count("第 1 志愿选了两次，请改一个。") == 2
    assert re.search(r'name="rank-of-3".*?value="5" selected', answer.text, re.S)
    assert not day.sent("choose_offerings")


def test_taking_all_choices_back_is_a_choice(as_: Callable[..., Browser], day: SchoolDay) -> None:
    as_("guardian").send(OFFERINGS, OFFERINGS, **{"rank-of-1": "", "rank-of-3": "nonsense"})

    assert day.sent("choose_offerings")[0].body["offering_ids"] == []


def test_who_has_no_offer_is_told_the_page_where_one_will_show() -> None:
    accept = AcceptOffer(student_id="st-1", now=datetime(2026, 9, 1, tzinfo=CHINA))
    with pytest.raises(errors.NoOffer) as refused:
        PLACES.decide(PLACES.initial_state, accept)

    assert f"“{texts.text('zh', 'me.title')}”页面会显示" in refused.value.zh
    assert "/me" in refused.value.en
    assert "通知" not in refused.value.zh, "nothing is sent"


def test_an_offered_place_is_shown_on_the_first_page_and_taken(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    offer = place("of-3", "编程社团", "offered", until="2026-09-02T18:00:00+08:00")
    day.answers["my_places"]["items"] = [place("of-1", "琵琶社团", "held"), offer]
    day.answers["accept_place"] = {**offer, "standing": "held"}
    browser = as_("guardian")
    assert "“编程社团”有名额了，请在 9月2日 周三 18:00 前答复" in browser.see("/me")
    page = browser.see(OFFERINGS)
    assert page.count("button first") == 1, "one primary action"
    assert page.index("编程社团") < page.index("琵琶社团"), "what waits for an answer comes first"

    answer = browser.send(OFFERINGS, f"{OFFERINGS}/of-3/accept")

    assert "有名额了。" in browser.see(answer.location)
    [sent] = day.sent("accept_place")
    assert (sent.params, sent.body) == ({"offering_id": "of-3"}, {"student_id": "st-1"})


def test_a_place_is_given_up_only_after_a_question(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    day.answers["my_places"]["items"] = [place("of-3", "编程社团", "waiting", ahead=2)]
    day.answers["give_up_place"] = place("of-3", "编程社团", "none")
    browser = as_("guardian")
    page = browser.see(OFFERINGS)
    assert "候补中，前面还有 2 人" in page
    path = f"{OFFERINGS}/of-3/leave"
    assert f'href="{path}"' in page
    assert "不再候补“编程社团”？" in browser.see(path)
    assert not day.sent("give_up_place")

    answer = browser.send(path, path)

    assert "已退出。" in browser.see(answer.location)
    assert day.sent("give_up_place")[0].body == {"student_id": "st-1"}
    browser.see(f"{OFFERINGS}/of-1/leave", status=404)


def test_a_place_can_be_asked_for_directly_and_a_refusal_keeps_the_choices(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    path = f"{OFFERINGS}/of-2/request"
    browser = as_("guardian")
    assert f'formaction="{path}"' in browser.see(OFFERINGS)
    day.answers["request_place"] = place("of-2", "个别辅导", "held")

    answer = browser.send(OFFERINGS, path, **{"rank-of-1": "3"})
    assert "有名额了。" in browser.see(answer.location)
    day.refuse("request_place")
    refused = browser.send(OFFERINGS, path, **{"rank-of-1": "3"})

    assert refused.status_code == 409
    assert "不行，请这样改。" in refused.text
    assert re.search(r'name="rank-of-1".*?value="3" selected', refused.text, re.S)


def test_the_allocation_says_why(as_: Callable[..., Browser], day: SchoolDay) -> None:
    text = {"zh": "一般学生，抽签第 7 位（共 20 位）。获得第 2 志愿“琵琶社团”。", "en": "Turn 7."}
    day.answers["my_places"]["explanation"] = {"text": text}

    assert text["zh"] in as_("guardian").see(OFFERINGS)
    assert "Turn 7." in as_("guardian", "en").see(OFFERINGS)


def test_without_an_application_there_is_nothing_to_choose_yet(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    page = as_("guardian").see("/me/children/st-9/offerings/te-1")

    assert "先为孩子报名" in page
    assert "<select" not in page
    as_("guardian").see("/me/children/st-1/offerings/te-77", status=404)


@pytest.mark.clause("P1-101", "P1-100")
def test_a_guardian_reads_both_papers_before_signing_in_one_step(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    page = as_("guardian").see("/me/children/st-1/agreements/ap-1")

    assert "第一条 学校负责托管期间的安全。" in page
    assert "按约定时间由登记的接送人接走学生。" in page
    assert page.index("按约定时间由登记的接送人接走学生。") < page.index('name="agreed"')
    assert "cd" * 32 in page
    assert "签署记录" not in page
    assert not day.sent("get_agreement_record")


@pytest.mark.clause("P1-101")
def test_a_signed_agreement_says_who_signed_when_on_both_sides(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    day.answers["get_agreement"]["signed"] = True

    page = as_("guardian").see("/me/children/st-1/agreements/ap-1")

    assert "学校：榆树小学" in page
    assert "8月28日 周五 08:00 确认公示名单" in page
    assert page.count("8月28日 周五 10:05 签订") == 2
    assert "监护人：周明（托管协议）" in page
    assert "监护人：周明（家长责任书）" in page
    assert 'name="agreed"' not in page
