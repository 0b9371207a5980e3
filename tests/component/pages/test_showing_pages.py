"""Every page, in both languages, within its budget, under the strict content security policy."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.component.pages import answers
from tests.component.pages.deciding import DECIDING
from tests.component.pages.term import TERM_PLAN
from tests.component.pages.term_work import TERM_WORK
from tests.component.pages.world import Browser, SchoolDay

PAGES = [
    ("nobody", "/"),
    ("nobody", "/login"),
    ("nobody", "/schools"),
    ("nobody", "/schools?q=榆"),
    ("nobody", "/schools/s1"),
    ("guardian", "/schools/s1"),
    ("guardian", "/"),
    ("guardian", "/password"),
    ("guardian", "/me"),
    ("guardian", "/me/children/st-1/code"),
    ("guardian", "/me/children/st-1/state"),
    ("guardian", "/me/children/st-1/pass"),
    ("guardian", "/me/children/st-1/receivers"),
    ("guardian", "/me/children/st-1/receivers/au-r-1/revoke"),
    ("guardian", "/me/children/st-1/application"),
    ("guardian", "/me/children/st-9/application"),
    ("guardian", "/me/children/st-1/agreements/ap-1"),
    ("guardian", "/me/children/st-1/offerings/te-1"),
    ("guardian", "/me/notices"),
    ("guardian", "/me/notices/no-1"),
    ("guardian", "/me/surveys/su-1"),
    ("guardian", "/me/surveys/su-1?child=st-1"),
    ("guardian", "/me/opinions"),
    ("teacher", "/class"),
    ("teacher", "/class/c-32/today"),
    ("teacher", "/class/c-32/today?add=1"),
    ("teacher", "/class/term"),
    ("teacher", "/class/term/te-1"),
    ("teacher", "/class/term/te-1/statement"),
    ("teacher", "/class/term/te-1/offerings/of-1"),
    ("teacher", "/publicities/pu-1"),
    ("teacher", "/report"),
    ("teacher", "/terms/te-1/helpers"),
    ("guardian", "/report"),
    ("guardian", "/publicities/pu-1"),
    ("teacher", "/gate"),
    ("gate_guard", "/gate"),
    ("gate_guard", "/gate?class=c-31"),
    ("gate_guard", "/gate?child=st-1"),
    ("gate_guard", "/gate?gone=st-4"),
    ("gate_guard", "/gate?refused=st-1"),
    ("gate_guard", "/gate/board"),
    ("school_office", "/class"),
    ("school_office", "/office"),
    ("school_office", "/office/publicities/pu-1"),
    ("school_office", "/office/places/ap-3"),
    ("school_office", "/office/students/st-2/transfer"),
    ("school_office", "/students/st-2/priorities"),
    ("school_office", "/office/notices"),
    ("school_office", "/office/notices/no-1"),
    ("school_office", "/office/surveys"),
    ("school_office", "/office/surveys/su-1"),
    ("school_office", "/office/opinions"),
    ("school_office", "/office/notices?kind=notice_letter"),
    ("school_office", "/office/surveys?purpose=demand"),
    ("school_office", "/office/terms/te-1"),
    ("school_office", "/office/terms/te-1/leading-group"),
    ("school_office", "/office/terms/te-1/management-team"),
    ("school_office", "/office/terms/te-1/duties"),
    ("school_office", "/office/terms/te-1/meetings"),
    ("school_office", "/office/terms/te-1/meetings?kind=parents_meeting"),
    ("school_office", "/office/terms/te-1/declarations"),
    ("school_office", "/office/terms/te-1/omissions/pipa_club"),
    ("school_office", "/office/terms/te-1/disclosure"),
    ("school_office", "/office/terms/te-1/rules"),
    ("school_office", "/office/terms/te-1/rules/safety_plan"),
    ("school_office", "/office/terms/te-1/rules/implementation_plan"),
    ("school_office", "/office/terms/te-1/staff"),
    ("school_office", "/office/terms/te-1/staff/t-1"),
    ("school_office", "/office/terms/te-1/staff/t-2"),
    ("school_office", "/office/terms/te-1/offerings"),
    ("school_office", "/office/terms/te-1/offerings/new"),
    ("school_office", "/office/terms/te-1/offerings/of-1"),
    ("school_office", "/office/terms/te-1/offerings/of-2"),
    ("school_office", "/office/terms/te-1/offerings/of-3"),
    ("school_office", "/office/terms/te-1/offerings/of-3/amend"),
    ("school_office", "/office/terms/te-1/offerings/of-1/sessions"),
    ("school_office", "/terms/te-1/helpers"),
    ("school_office", "/office/terms/te-1/providers"),
    ("school_office", "/office/terms/te-1/providers/new"),
    ("school_office", "/office/terms/te-1/providers/pv-1"),
    ("school_office", "/office/terms/te-1/providers/pv-2"),
    ("school_office", "/office/terms/te-1/venues"),
    ("school_office", "/office/terms/te-1/venues/new"),
    ("school_office", "/office/terms/te-1/venues/ve-1"),
    ("school_office", "/office/terms/te-1/places"),
    ("school_office", "/office/terms/te-1/filing"),
    ("school_office", "/office/import"),
    ("school_office", "/office/accounts"),
    ("school_office", "/office/accounts/classes/c-32"),
    ("school_office", "/office/accounts/students/st-2"),
    ("school_finance", "/finance"),
    ("school_finance", "/finance/classes/c-32"),
    ("school_finance", "/finance/students/st-2"),
    ("bureau", "/bureau"),
    ("bureau", "/bureau?as_of=2026-09-01T15:00"),
    ("bureau", "/bureau/reviews"),
    ("bureau", "/bureau/terms/te-1"),
    ("bureau", "/bureau/terms/te-1/documents/safety_plan"),
    ("bureau", "/bureau/terms/te-1/filing"),
    ("bureau", "/bureau/schools/s1/pupils"),
    ("bureau", "/bureau/schools/s1/pupils?class=c-32"),
    ("bureau", "/students/st-2/priorities"),
    ("bureau", "/bureau/terms/te-1/signs"),
    ("bureau", "/bureau/policy"),
    ("bureau", "/bureau/policy/parameters/service_weekdays"),
    ("operator", "/ops"),
    ("operator", "/ops/parked/fees/enrollment/s1/17"),
]
SIDES = {
    "guardian": TERM_WORK,
    "teacher": TERM_WORK,
    "school_office": TERM_PLAN,
    "bureau": DECIDING,
}
"""What each side is told where several ask the same."""

FRAGMENTS = ("/state", "/pass", "/gate/board")
BUDGET = 150_000


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("role", "path"), PAGES)
def test_a_page_says_its_language_loads_nothing_foreign_and_stays_small(
    as_: Callable[..., Browser], day: SchoolDay, role: str, path: str, language: str
) -> None:
    day.take(SIDES.get(role, {}))
    page = as_(role, language).see(path)

    assert len(page.encode()) < BUDGET
    assert not re.search(r"""(src|href|action)=["'](https?:)?//""", page)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", page)
    if path.endswith(FRAGMENTS):
        assert "<html" not in page
    else:
        assert f'<html lang="{ {"zh": "zh-CN", "en": "en"}[language] }">' in page
        assert "2026-09-01" in page, "the banner of the demo clock"


@pytest.mark.clause("P1-079")
def test_school_finance_sees_what_is_to_be_given_back(
    as_: Callable[..., Browser], day: SchoolDay
) -> None:
    page = as_("school_finance").see("/finance/students/st-2")
    for told in (
        "待退费（1）",
        "应退 ¥25.00",
        "¥15.00 不用再缴",
        "已退出托管",
        "已不用缴",
        "欠 ¥40.00",
    ):
        assert told in page

    day.answers["list_refunds"] = {"items": [], "next": None}
    assert "待退费" not in as_("school_finance").see("/finance/students/st-2")


def test_english_pages_have_no_chinese_but_names(as_: Callable[..., Browser]) -> None:
    page = as_("nobody", "en").see("/login").replace("中文", "")

    assert not re.search(r"[\u4e00-\u9fff]", page)


def test_the_language_is_kept_and_leads_back(as_: Callable[..., Browser]) -> None:
    browser = as_("nobody", "zh")

    answer = browser.client.get("/language?to=en&next=/login")

    assert answer.location == "/login"
    assert ">Log in<" in browser.see("/login")


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_no_link_leads_to_another_site(as_: Callable[..., Browser], target: str) -> None:
    answer = as_("nobody").client.get("/language", query_string={"to": "en", "next": target})

    assert answer.location == "/"


@pytest.mark.parametrize(
    ("role", "path"), [("guardian", "/gate"), ("teacher", "/me"), ("gate_guard", "/bureau")]
)
def test_a_page_of_another_role_is_refused_in_words(
    as_: Callable[..., Browser], role: str, path: str
) -> None:
    assert "这个页面属于别的角色" in as_(role).see(path, status=403)


def test_who_is_not_logged_in_logs_in_and_comes_back(as_: Callable[..., Browser]) -> None:
    answer = as_("nobody").client.get("/class/c-32/today?session=se-1")

    assert answer.status_code == 303
    assert answer.location == "/login?next=%2Fclass%2Fc-32%2Ftoday%3Fsession%3Dse-1"


def test_a_name_is_text_wherever_it_is_shown(as_: Callable[..., Browser], day: SchoolDay) -> None:
    day.answers["get_names"]["names"]["st-1"]["name"] = answers.NASTY
    day.answers["my_children"]["items"][0]["name"] = answers.NASTY
    day.answers["list_students"]["items"][0]["name"] = answers.NASTY
    day.answers["list_applications"]["items"][0]["student_name"] = answers.NASTY
    day.answers["get_agreement"]["text"] = answers.NASTY

    for role, path in PAGES:
        day.take(SIDES.get(role, {}))
        assert answers.NASTY not in as_(role).see(path), path
    assert "&lt;script&gt;" in as_("guardian").see("/me")


def test_a_missing_page_is_a_page(as_: Callable[..., Browser]) -> None:
    page = as_("nobody").see("/no-such-page", status=404)

    assert "没有找到" in page


def test_somebody_elses_child_is_not_found(as_: Callable[..., Browser], day: SchoolDay) -> None:
    as_("guardian").see("/me/children/st-77/code", status=404)

    assert not day.sent("get_pickup_code")


def test_named_after_their_content_files_are_kept_for_good(as_: Callable[..., Browser]) -> None:
    client = as_("nobody").client
    path = re.findall(r'href="(/static/hp3.css\?v=[0-9a-f]+)"', client.get("/").text)[0]

    with client.get(path) as named, client.get("/static/now.js") as unnamed:
        assert "immutable" in named.headers["Cache-Control"]
        assert "immutable" not in unnamed.headers["Cache-Control"]


def test_sample_logins_are_shown_only_where_a_sample_is_loaded(
    as_: Callable[..., Browser],
) -> None:
    browser = as_("nobody")
    assert "演示登录" not in browser.see("/")
    login = {"role": "guardian", "username": "u-1", "password": "p-1", "state": "enrolled"}
    browser.client.application.config["DEMO_LOGINS"] = [login]
    try:
        assert "u-1" in browser.see("/login")
    finally:
        del browser.client.application.config["DEMO_LOGINS"]


def test_the_bureau_looks_at_the_past_and_is_told_so(as_: Callable[..., Browser], day) -> None:
    page = as_("bureau").see("/bureau?as_of=2026-09-01T15:00")

    assert "这是 9月1日 周二 15:00 的情况，不是现在的" in page
    assert "data-refresh" not in page, "the past does not change"
    asked = [call.body.get("as_of") for call in day.calls if call.operation == "oversight"]
    assert set(asked) == {"2026-09-01T15:00:00+08:00"}
    assert 'href="/bureau?as_of=2026-08-31T15:00"' in page


@pytest.mark.parametrize("typed", ["", "nonsense", "0001-01-01T00:00", "9999-12-31T23:59"])
def test_no_instant_is_now(as_: Callable[..., Browser], day, typed: str) -> None:
    page = as_("bureau").see(f"/bureau?as_of={typed}")

    assert "不是现在的" not in page
    assert all("as_of" not in call.body for call in day.calls)
