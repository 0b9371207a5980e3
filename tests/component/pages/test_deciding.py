"""The bureau reviews plans, acknowledges filings, proposes and activates policy."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from marshmallow import Schema

from contracts.enrollment.filing import DOCUMENTS, Pack, Rules
from contracts.enrollment.offerings import Offerings
from contracts.enrollment.plans import ReturnPlan
from contracts.enrollment.policy import Policy, PolicyProposals
from contracts.enrollment.term_plan import DistrictPlans, TermPlan
from contracts.schemas import schema_of
from tests.component.pages import deciding
from tests.component.pages.deciding import DECIDING
from tests.component.pages.world import Browser, SchoolDay


@pytest.fixture(autouse=True)
def _their_side(day: SchoolDay) -> None:
    """What a bureau is told; the office's pages have answers of their own."""
    day.take(DECIDING)


PLAN, FILING, POLICY = "/bureau/terms/te-1", "/bureau/terms/te-1/filing", "/bureau/policy"
WEEKDAYS = f"{POLICY}/parameters/service_weekdays"


@pytest.mark.parametrize(
    ("schema", "answer"),
    [
        (schema_of(DistrictPlans)(), deciding.DECIDING["list_district_plans"]),
        (schema_of(TermPlan)(), deciding.PLAN),
        (schema_of(Rules)(), deciding.DECIDING["list_rules"]),
        (schema_of(Pack)(), deciding.PACK),
        (schema_of(Offerings)(), deciding.DECIDING["list_offerings"]),
        (schema_of(Policy)(), deciding.DISTRICT),
        (schema_of(PolicyProposals)(), deciding.DECIDING["list_policy_proposals"]),
    ],
    ids=lambda each: type(each).__name__,
)
def test_the_answers_of_these_tests_are_what_the_service_promises(schema: Schema, answer):
    assert schema.validate(answer) == {}


@pytest.mark.clause("P1-024", "P2-094")
def test_what_waits_is_listed_the_oldest_and_the_latest_first(as_: Callable[..., Browser]) -> None:
    page = as_("bureau").see("/bureau/reviews")

    assert page.index("第1小学") < page.index("第2小学")
    assert "已等 7 天" in page
    assert "今天上报" in page
    assert page.index("逾期 4 天") < page.index("已备案，待确认") < page.index("已确认的备案（1）")


@pytest.mark.clause("P1-024")
def test_a_plan_is_seen_as_the_school_sees_it(as_: Callable[..., Browser]) -> None:
    page = as_("bureau").see(PLAN)

    for words in ("召开教师大会", "原因：琴房在修", "清单还缺 1 项", "缺：实施方案", "进出登记。"):
        assert words in page, words
    assert "请补教师大会记录" in page, "why the version before was returned"
    assert page.count("预案。") == 199, "an excerpt; the whole text has a page"
    assert as_("bureau").see(f"{PLAN}/documents/safety_plan").count("预案。") == 400


def test_what_comes_after_the_approval_is_not_held_against_a_plan(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    plan = day.answers["get_term_plan"]
    letter = {**plan["checklist"][0], "item": "notice_letter", "state": "missing"}
    plan["checklist"].append({**letter, "stage": "opening"})

    page = as_("bureau").see(PLAN)
    assert "清单还缺 1 项" in page
    assert "开放前再办" in page

    plan["applications_open"] = True
    page = as_("bureau").see(PLAN)
    assert "清单还缺 2 项" in page
    assert "开放前再办" not in page


def test_who_answers_is_said_in_words(as_: Callable[..., Browser], day: SchoolDay) -> None:
    day.answers["get_term_plan"]["answerable"] = [
        {"what": what, "kind": kind, "staff_id": "t-1", "name": "吴老师"}
        for kind, what in (("head", "leading_group"), ("post", "coordinator"), ("duty", "contact"))
    ]

    page = as_("bureau").see(PLAN)

    for words in ("组长：工作领导小组", "管理岗位：统筹协调", "职责岗位：家校联系"):
        assert words in page


@pytest.mark.clause("P1-034")
@pytest.mark.parametrize(
    ("share", "light"), [(5000, "attention"), (5001, "fine"), (10_000, "fine"), (0, "attention")]
)
def test_half_or_less_sport_art_and_clubs_asks_for_attention(
    as_: Callable[..., Browser], day: SchoolDay, share: int, light: str
) -> None:
    day.answers["get_term_plan"]["feature_share_bp"] = share

    card = as_("bureau").see(PLAN).partition('id="share"')[2].partition("</section>")[0]

    assert f'class="state {light}"' in card


def test_a_plan_without_feature_activities_has_no_share(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    day.answers["get_term_plan"]["feature_share_bp"] = None

    assert "还没有安排特色活动" in as_("bureau").see(PLAN)


def test_the_national_rule_stands_beside_what_is_in_force(as_: Callable[..., Browser]) -> None:
    for path in (PLAN, POLICY):
        card = as_("bureau").see(path).partition('id="conflicts"')[2].partition("</section>")[0]
        assert "〔service_weekdays〕" in card
        assert "周一、周二、周三、周四</p>" in card
        assert "周一、周二、周三、周四、周五</p>" in card
        assert "（不一致：周五）" in card, "in words"


@pytest.mark.clause("P1-024")
def test_a_plan_is_approved_in_one_press(as_: Callable[..., Browser], day: SchoolDay) -> None:
    browser = as_("bureau")

    answer = browser.send(PLAN, f"{PLAN}/approve")

    assert (answer.status_code, answer.location) == (
        303,
        "/bureau/reviews?done=plan-approved",
    )
    assert "方案已通过" in browser.see(answer.location)
    [sent] = day.sent("approve_plan")
    assert sent.params == {"term_id": "te-1"}


@pytest.mark.clause("P1-024")
def test_a_plan_is_returned_with_a_reason_and_the_items(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    browser = as_("bureau")
    silent = browser.send(PLAN, f"{PLAN}/return", reason=" ", items="duty:safety")
    assert silent.status_code == 422
    assert 'href="#return-reason"' in silent.text
    assert 'value="duty:safety" checked' in silent.text
    assert not day.sent("return_plan")

    items = ["staff_meeting", "duty:safety"]
    answer = browser.send(PLAN, f"{PLAN}/return", reason="请落实安全岗位", items=items)

    assert answer.status_code == 303
    [sent] = day.sent("return_plan")
    assert sent.body == {"reason": "请落实安全岗位", "items": items}
    assert schema_of(ReturnPlan, without=frozenset({"term_id"}))().validate(sent.body) == {}


def test_a_plan_that_is_not_under_review_has_no_answer(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    day.answers["get_term_plan"]["standing"] = "approved"

    page = as_("bureau").see(PLAN)

    assert f"{PLAN}/approve" not in page
    assert f"{PLAN}/return" not in page


@pytest.mark.clause("P1-028")
def test_an_offering_is_returned_with_a_reason(as_: Callable[..., Browser], day: SchoolDay) -> None:
    browser = as_("bureau")
    path = f"{PLAN}/offerings/of-1/return"
    silent = browser.send(PLAN, path)
    assert silent.status_code == 422
    assert 'href="#offering-of-1-reason"' in silent.text

    answer = browser.send(PLAN, path, reason="不要安排在 17:30 以后")

    assert answer.location == f"{PLAN}?done=offering-returned#offerings"
    [sent] = day.sent("return_offering")
    assert (sent.params, sent.body) == (
        {"offering_id": "of-1"},
        {"reason": "不要安排在 17:30 以后"},
    )
    page = browser.see(PLAN)
    assert f"{PLAN}/offerings/of-2/return" not in page, "returned already"
    assert "原因：时间太晚" in page


def test_a_refusal_comes_back_with_what_was_typed(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    day.refuse("return_plan")

    answer = as_("bureau").send(PLAN, f"{PLAN}/return", reason="请改")

    assert answer.status_code == 409
    assert "不行，请这样改。" in answer.text
    assert ">请改</textarea>" in answer.text


@pytest.mark.clause("P2-094")
def test_a_pack_is_read_with_masked_names_and_acknowledged(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    browser = as_("bureau")
    page = browser.see(FILING)
    for words in ("周*满", "三年级2班 · 2 人", "¥80.00", "建档立卡：50%", "吴老师", "安全预案"):
        assert words in page, words

    answer = browser.send(FILING, f"{FILING}/acknowledge")

    assert answer.location == "/bureau/reviews?done=filing-acknowledged#filings"
    assert day.sent("acknowledge_filing")[0].params == {"term_id": "te-1"}


@pytest.mark.parametrize("state", ["missing", "overdue", "changed", "acknowledged"])
def test_only_what_is_filed_and_unchanged_is_acknowledged(
    as_: Callable[..., Browser], day: SchoolDay, state: str
) -> None:
    day.answers["get_pack"]["state"] = state

    assert f"{FILING}/acknowledge" not in as_("bureau").see(FILING)


def test_a_large_school_and_long_rules_stay_in_the_budget(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    pupil = day.answers["get_pack"]["parts"]["roster"][0]
    day.answers["get_pack"]["parts"]["roster"] = [
        {**pupil, "class_name": f"{n % 60}班"} for n in range(3000)
    ]
    day.answers["list_rules"]["items"] = [
        deciding.rule(each, "安全制度" * 25_000) for each in DOCUMENTS
    ]

    for path in (FILING, PLAN):
        assert len(as_("bureau").see(path).encode()) < 150_000, path


def test_blanks_come_first_and_say_that_they_wait(as_: Callable[..., Browser]) -> None:
    page = as_("bureau").see(POLICY)

    assert page.index("〔fee_cap_primary_fen〕") < page.index('id="proposals"')
    assert "等您设定（1）" in page
    for source in ("方案原文", "教育局已改", "待设定"):
        assert source in page


def test_a_proposal_says_what_it_changes_and_which_conflicts_it_would_have(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    other = {**deciding.CONFLICT, "rule": "evening_self_study_latest"}
    day.answers["list_policy_proposals"]["items"][1]["conflicts"].append(other)

    page = as_("bureau").see(POLICY)

    assert "提案（3）" in page
    assert page.count("会产生新的不一致") == 1
    assert page.count("仍然不一致") == 1
    assert page.count("/activate") == 1, "only what is ready"
    assert page.count("/withdraw") == 3
    assert "10月1日 周四 当天可以启用" in page
    assert "期间启用了第 1 版" in page


@pytest.mark.parametrize(
    ("action", "operation", "said"),
    [
        ("activate", "activate_policy_version", "新的版本已启用"),
        ("withdraw", "withdraw_policy_proposal", "提案已撤回"),
    ],
)
def test_a_proposal_is_settled(
    as_: Callable[..., Browser], day: SchoolDay, action: str, operation: str, said: str
) -> None:
    browser = as_("bureau")

    answer = browser.send(POLICY, f"{POLICY}/proposals/pr-1/{action}")

    assert said in browser.see(answer.location)
    assert day.sent(operation)[0].params == {"proposal_id": "pr-1"}


def test_a_change_is_proposed_as_json_with_an_example(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    browser = as_("bureau")
    page = browser.see(WEEKDAYS)
    assert "例如 [1, 2, 3, 4]" in page
    assert ">[1, 2, 3, 4]</textarea>" in page
    typed = {"value": "[1, 2, 3, 4, 5]", "effective_from": "2026-10-01", "reason": "会议纪要"}

    answer = browser.send(WEEKDAYS, WEEKDAYS, **typed)

    assert "启用之前什么都不变" in browser.see(answer.location)
    [sent] = day.sent("propose_policy_version")
    assert sent.params == {"profile": "urban-district"}
    assert sent.body == {
        "changes": {"service_weekdays": [1, 2, 3, 4, 5]},
        "effective_from": "2026-10-01",
        "reason": "会议纪要",
    }


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"value": "[1, 2", "reason": "会议纪要"}, "value"),
        ({"value": "", "reason": "会议纪要"}, "value"),
        ({"value": "NaN", "reason": "会议纪要"}, "value"),
        ({"value": "[1]", "reason": " "}, "reason"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(
    as_: Callable[..., Browser], day: SchoolDay, typed: dict[str, str], field: str
) -> None:
    answer = as_("bureau").send(WEEKDAYS, WEEKDAYS, **typed)

    assert answer.status_code == 422
    assert f'id="propose-{field}-error"' in answer.text
    assert f">{typed['value']}</textarea>" in answer.text
    assert not day.sent("propose_policy_version")


@pytest.mark.parametrize(
    ("code", "field"),
    [
        ("enrollment.parameter-wrong", "value"),
        ("enrollment.proposal-changes-nothing", "value"),
        ("enrollment.effective-date-wrong", "effective_from"),
    ],
)
def test_a_refused_value_is_said_at_its_field(
    as_: Callable[..., Browser], day: SchoolDay, code: str, field: str
) -> None:
    day.refuse("propose_policy_version")
    day.refusals["propose_policy_version"]["code"] = code

    answer = as_("bureau").send(WEEKDAYS, WEEKDAYS, value="[9]", reason="会议纪要")

    error = answer.text.partition(f'id="propose-{field}-error">')[2]
    assert error.startswith("不行，请这样改。")


def test_an_unknown_parameter_is_not_found(as_: Callable[..., Browser]) -> None:
    as_("bureau").see(f"{POLICY}/parameters/no_such", status=404)
    as_("bureau").see(f"{PLAN}/documents/no_such", status=404)
