"""Settings come from the environment, and a wrong one fails by its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from chassis.settings import WrongSetting, from_environment

GOOD = {
    "HP3_FEES_DATABASE_URL": "sqlite://",
    "HP3_AMQP_URL": "amqp://localhost",
    "HP3_TOKEN_KEY": "ab" * 32,
    "HP3_MASTER_KEY": "cd" * 32,
    "HP3_SIGNING_KEY": "ef" * 32,
}


def test_they_are_read() -> None:
    settings = from_environment("fees", GOOD)

    assert settings.token_key.secret == bytes.fromhex("ab" * 32)
    assert settings.clock == "real"


@pytest.mark.parametrize("name", sorted(GOOD))
def test_a_missing_one_is_named(name: str) -> None:
    with pytest.raises(WrongSetting, match=name):
        from_environment("fees", {key: value for key, value in GOOD.items() if key != name})


@pytest.mark.parametrize("value", ["short", "zz" * 32, "ab" * 31])
def test_a_key_of_another_length_or_alphabet_is_named(value: str) -> None:
    with pytest.raises(WrongSetting, match="HP3_TOKEN_KEY"):
        from_environment("fees", {**GOOD, "HP3_TOKEN_KEY": value})


def test_a_secret_may_be_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text("ef" * 32 + "\n")
    environment = {**GOOD, "HP3_TOKEN_KEY": "", "HP3_TOKEN_KEY_FILE": str(path)}

    assert from_environment("fees", environment).token_key.secret == bytes.fromhex("ef" * 32)
