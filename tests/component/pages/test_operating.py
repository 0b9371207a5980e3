"""The operator's page: what needs a person, and every action with its reason and its trial."""

from __future__ import annotations

import pytest

from tests.component.pages.answers import NASTY

PARKED = "/ops/parked/fees/enrollment/s1/17"


def send(browser, path, form, status):
    """Send a form of a page of ours with its hidden fields."""
    page = path if path.startswith("/ops/parked") else "/ops"
    answer = browser.send(page, path, **form)
    assert answer.status_code == status, answer.text[-600:]
    return answer


def sent(day, operation):
    return [(call.params, call.body) for call in day.calls if call.operation == operation]


def test_what_needs_a_person_comes_first(as_, day):
    page = as_("operator").see("/ops")

    assert page.index("个被搁置的事件") < page.index("各服务进度")
    assert "核验发现 1 处问题" in page
    assert "KeyError: &#39;term&#39;" in page
    assert "已处理 250 / 1,000 个事件" in page
    assert "10（1 所学校）" in page


def test_when_nothing_is_wrong_it_says_so(as_, day):
    day.answers["list_parked"] = {"consumer": "fees", "items": [], "counts": {}, "next": None}
    day.answers["list_findings"]["items"] = []

    assert "一切正常" in as_("operator").see("/ops")


def test_a_service_that_does_not_answer_hides_no_other(as_, day):
    day.refuse("list_parked", kind="unavailable")

    page = as_("operator").see("/ops")

    assert "没有响应" in page
    assert "已处理 250" in page


def test_the_rate_is_told_from_the_second_look_on(as_, day):
    browser = as_("operator")
    browser.see("/ops")
    assert "/秒" in browser.see("/ops")


def test_a_parked_event_is_shown_whole_and_harmless(as_, day):
    page = as_("operator").see(PARKED)

    assert NASTY not in page
    assert "后面还有 2 个" in page


@pytest.mark.parametrize("action", ["retry", "discard"])
def test_settling_is_tried_first_and_then_done(as_, day, action):
    browser = as_("operator")
    form = {"action": action, "reason": "told so", "step": "dry"}

    page = send(browser, PARKED, form, 200).text
    assert "如果执行" in page
    assert 'value="told so"' in page
    assert sent(day, f"{action}_parked")[-1][1] == {"reason": "told so", "dry_run": True}

    answer = send(browser, PARKED, {**form, "step": "do"}, 303)
    assert answer.location.endswith("#parked")
    assert sent(day, f"{action}_parked")[-1][1]["dry_run"] is False


def test_a_refused_action_keeps_what_was_typed(as_, day):
    day.refuse("retry_parked")

    form = {"action": "retry", "reason": "told so", "step": "do"}
    page = send(as_("operator"), PARKED, form, 409).text

    assert 'value="told so"' in page
    assert 'role="alert"' in page


@pytest.mark.parametrize(
    ("form", "operation", "body"),
    [
        (
            {"action": "rebuild", "swap": "yes"},
            "request_rebuild",
            {"views": [], "swap": True, "reason": "why"},
        ),
        ({"action": "rebuild"}, "request_rebuild", {"views": [], "swap": False, "reason": "why"}),
        ({"action": "rollback"}, "rollback_views", {"views": [], "reason": "why"}),
    ],
)
def test_a_rebuild_is_asked_for(as_, day, form, operation, body):
    send(as_("operator"), "/ops/rebuilds", {**form, "reason": "why"}, 303)

    assert sent(day, operation) == [({}, body)]


@pytest.mark.parametrize("action", ["pause", "resume", "cancel", "swap"])
def test_a_rebuild_is_settled(as_, day, action):
    send(as_("operator"), "/ops/rebuilds/r-1", {"action": action, "reason": "why"}, 303)

    assert sent(day, f"{action}_rebuild") == [({"rebuild_id": "r-1"}, {"reason": "why"})]


def test_a_refused_rebuild_says_why(as_, day):
    day.refuse("request_rebuild")

    page = send(as_("operator"), "/ops/rebuilds", {"reason": "why"}, 409).text

    assert 'role="alert"' in page
    assert 'value="why"' in page


def test_a_head_is_signed(as_, day):
    send(as_("operator"), "/ops/heads", {"partition": "s1"}, 303)

    assert sent(day, "sign_tree_head") == [({}, {"partition": "s1"})]


def test_a_replay_is_tried_first_and_then_done(as_, day):
    browser = as_("operator")
    form = {
        "service": "enrollment",
        "partition": "s1",
        "from_seq": "1",
        "to_seq": "3",
        "consumer": "fees",
        "reason": "lost rows",
        "step": "dry",
    }

    page = send(browser, "/ops/replay", form, 200).text
    assert "跳过 3" in page
    assert 'value="lost rows"' in page
    send(browser, "/ops/replay", {**form, "step": "do"}, 303)

    (_, tried), (place, did) = sent(day, "replay")
    assert (tried["dry_run"], did["dry_run"]) == (True, False)
    assert place == {"service": "enrollment", "partition": "s1"}


def test_the_page_is_the_operators_alone(as_, day):
    assert "这个页面属于别的角色" in as_("bureau").see("/ops", status=403)
