"""Tokens say who calls, and cannot be made or kept by anybody else."""

from __future__ import annotations

import jwt
import pytest

from chassis.kernel.call import Principal
from chassis.security import NotAuthenticated, TokenKey, issue_token, principal_of

KEY = TokenKey(b"k" * 32)
TEACHER = Principal(
    account_id="a", role="teacher", person_id="p", school_id="s", class_ids=("c1", "c2")
)


def test_a_token_gives_back_who_it_was_made_for() -> None:
    assert principal_of(issue_token(TEACHER, KEY), KEY) == TEACHER


@pytest.mark.parametrize("token", [None, "", "nonsense", "a.b.c"])
def test_what_is_no_token_is_refused(token: str | None) -> None:
    with pytest.raises(NotAuthenticated):
        principal_of(token, KEY)


def test_another_key_is_refused() -> None:
    with pytest.raises(NotAuthenticated):
        principal_of(issue_token(TEACHER, TokenKey(b"x" * 32)), KEY)


def test_an_unsigned_token_is_refused() -> None:
    claims = {"sub": "a", "role": "operator", "exp": 2**40}

    with pytest.raises(NotAuthenticated):
        principal_of(jwt.encode(claims, None, algorithm="none"), KEY)


def test_an_expired_token_is_refused_also_when_it_was_seen_before() -> None:
    token = issue_token(TEACHER, KEY, lifetime=-1)

    for _ in range(2):
        with pytest.raises(NotAuthenticated):
            principal_of(token, KEY)


def test_secrets_do_not_show_in_a_repr() -> None:
    assert "kkkk" not in repr(KEY)
