"""Numbers from the environment."""

import subprocess
import sys

import pytest

from chassis.messaging.topology import MAX_QUEUES
from chassis.settings import WrongSetting
from hp3.numbers import event_queues, number


@pytest.mark.parametrize(("said", "meant"), [("", 1), ("1", 1), (str(MAX_QUEUES), MAX_QUEUES)])
def test_a_number_in_range_is_taken(monkeypatch: pytest.MonkeyPatch, said: str, meant: int):
    monkeypatch.setenv("HP3_EVENT_QUEUES", said)

    assert event_queues() == meant


@pytest.mark.parametrize("said", ["0", "-1", "two", "1.5", "١", str(MAX_QUEUES + 1)])
def test_what_is_no_such_number_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, said: str):
    monkeypatch.setenv("HP3_EVENT_QUEUES", said)

    with pytest.raises(WrongSetting, match=r"HP3_EVENT_QUEUES .* from 1 to"):
        event_queues()


def test_a_number_may_be_left_out(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("HP3_RPC_WORKERS", raising=False)

    assert number("HP3_RPC_WORKERS", 10) == 10


def test_it_imports_nothing_heavy_before_a_process_is_made_green():
    program = "import sys, hp3.numbers; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    loaded = set(done.stdout.split())
    assert "hp3.numbers" in loaded
    assert not loaded & {"sqlalchemy", "pika", "flask", "marshmallow", "chassis.settings"}
