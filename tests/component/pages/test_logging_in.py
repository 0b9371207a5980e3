"""Logging in on the page, out again, and a first password that is to be changed."""

from __future__ import annotations

from collections.abc import Callable

from gateway.accounts import Accounts, NewAccount
from tests.component.gateway.world import World
from tests.component.pages.world import Browser

PASSWORD = "three-thirty"


def account(built: World, username: str, role: str, **more: object) -> None:
    accounts: Accounts = built.accounts
    new = NewAccount(username=username, password=PASSWORD, role=role, **more)  # type: ignore[arg-type]
    accounts.create_many([new])


def log_in(browser: Browser, username: str, password: str = PASSWORD, target: str = "") -> str:
    values = {"username": username, "password": password, "next": target}
    return browser.client.post("/login", data=values).location


def test_each_role_lands_on_its_own_page(built: World, as_: Callable[..., Browser]) -> None:
    account(built, "p1", "guardian", person_id="g-1")
    account(built, "p2", "teacher", person_id="t-1", school_id="s1", class_ids=("c-32",))
    account(built, "p3", "gate_guard", school_id="s1")

    assert log_in(as_("nobody"), "p1") == "/me"
    assert log_in(as_("nobody"), "p2") == "/class/c-32/today"
    assert log_in(as_("nobody"), "p3", target="/gate?class=c-31") == "/gate?class=c-31"
    assert log_in(as_("nobody"), "p3", target="//evil.example/") == "/gate"


def test_a_wrong_password_keeps_the_name_and_forgets_the_password(
    built: World, as_: Callable[..., Browser]
) -> None:
    account(built, "p4", "gate_guard", school_id="s1")

    answer = as_("nobody").client.post("/login", data={"username": "p4", "password": "wrong-one"})

    assert answer.status_code == 401
    assert 'value="p4"' in answer.text
    assert "wrong-one" not in answer.text
    assert "用户名或密码不对" in answer.text


def test_a_first_password_is_changed_at_once(built: World, as_: Callable[..., Browser]) -> None:
    account(built, "p5", "guardian", person_id="g-1", password_change_due=True)
    browser = as_("nobody")

    assert log_in(browser, "p5") == "/password"
    form = {"password": PASSWORD, "new_password": "a-longer-one"}
    short = browser.send("/password", "/password", **{**form, "new_password": "short"})
    wrong = browser.send("/password", "/password", **{**form, "password": "not this one"})
    right = browser.send("/password", "/password", **form)

    assert (short.status_code, wrong.status_code) == (422, 401)
    assert right.location == "/me?done=password-changed"
    assert log_in(as_("nobody"), "p5", "a-longer-one") == "/me"


def test_logging_out_ends_the_session(built: World, as_: Callable[..., Browser]) -> None:
    account(built, "p6", "guardian", person_id="g-1")
    browser = as_("nobody")
    log_in(browser, "p6")
    assert "周小满" in browser.see("/me")

    browser.send("/me", "/logout")

    browser.see("/me", status=303)
