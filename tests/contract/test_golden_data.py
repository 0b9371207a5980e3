"""A data folder that an earlier release wrote opens, verifies, and answers as it did."""

from __future__ import annotations

import json
import tarfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from chassis.kernel.call import CHINA, Principal
from chassis.security import issue_token
from chassis.testing.world import FixedClock
from hp3 import cli
from hp3.embedded import open_accounts, open_embedded

GOLDEN = Path(__file__).parent / "golden"
THEN = datetime(2026, 9, 1, 15, 25, tzinfo=CHINA)
ASKED = json.loads((GOLDEN / "answers.json").read_text(encoding="utf-8"))

LEFT_OUT = {
    "list_applications": {
        "agreement_version",
        "letter_version",
        "plan_version",
        "signed_by",
        "signed_at",
    }
}
"""What an answer no longer has: fields that stood in it undeclared, in no document."""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The folder as it was written."""
    with tarfile.open(GOLDEN / "data.tar.xz") as packed:
        packed.extractall(tmp_path / "data", filter="data")
    return tmp_path / "data"


def lost(before: Any, now: Any, path: str = "") -> list[str]:
    """Where an answer is not what it was; a field that came since is none."""
    if isinstance(before, dict) and isinstance(now, dict):
        return [
            where
            for name in before
            for where in lost(before[name], now.get(name, "nothing"), f"{path}.{name}")
        ]
    if isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        pairs = enumerate(zip(before, now, strict=True))
        return [where for at, pair in pairs for where in lost(*pair, f"{path}[{at}]")]
    return [] if before == now else [f"{path}: {before} {now}"]


def test_it_answers_what_it_did(data: Path):
    embedded = open_embedded(data, FixedClock(THEN), live=False)
    try:
        embedded.bus.deliver()
        for asked in ASKED:
            token = issue_token(Principal(**asked["who"]), embedded.keys.token)
            reply = embedded.caller.call(
                asked["service"],
                asked["operation"],
                {"token": token},
                asked["params"],
                asked["body"],
            )
            assert reply["status"] == "ok", reply
            left_out = LEFT_OUT.get(asked["operation"], set())
            changed = lost(asked["answer"], reply["body"])
            assert {where.partition(":")[0].rpartition(".")[2] for where in changed} == left_out
    finally:
        embedded.close()


def test_its_accounts_are_known(data: Path):
    accounts = open_accounts(data)
    try:
        assert accounts.find("chaoyang-teacher") is not None
    finally:
        accounts.close()


def test_nothing_is_wrong_with_it(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("HP3_DATA", str(data))
    monkeypatch.delenv("HP3_AMQP_URL", raising=False)

    status = cli.main(["verify", "--json"])

    found = json.loads(capsys.readouterr().out)
    assert (status, found["findings"]) == (0, [])
    events = {f"{log['service']} {log['partition']}": log["events"] for log in found["logs"]}
    assert events == {
        "attendance chaoyang": 32,
        "attendance sample-urban": 40,
        "enrollment chaoyang": 139,
        "enrollment sample-urban": 2,
        "fees chaoyang": 5,
        "safety chaoyang": 4,
    }


def test_an_answer_that_changed_is_reported():
    before = {"items": [{"month": "2026-09", "amount_fen": 8000}]}

    assert lost(before, {"items": [{"month": "2026-09", "amount_fen": 1}], "next": None})
    assert lost(before, {"items": [{"month": "2026-09"}]})
    assert lost(before, {"items": []})
    assert lost(before, {"items": [{**before["items"][0], "new": 1}], "next": None}) == []
