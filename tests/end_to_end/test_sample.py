"""The sample of ``make run``: complete, safe to interrupt, quick to start again."""

from __future__ import annotations

import json
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.client import Client
from tests.end_to_end.worlds import Processes, answers, free_port, wait_until_ready
from tests.stack.waiting import until

ROLES = {
    "guardian",
    "teacher",
    "gate_guard",
    "school_office",
    "school_finance",
    "bureau",
    "operator",
}


class Server:
    """``hp3 run`` with the sample on a data folder."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.base_url = f"http://127.0.0.1:{free_port()}"
        self.processes = Processes(folder)

    def start(self) -> None:
        port = self.base_url.rpartition(":")[2]
        environment = {"HP3_DATA": str(self.data), "PORT": port}
        self.processes.start("hp3", [sys.executable, "-m", "hp3", "run"], environment)

    def sample(self) -> dict[str, Any]:
        wait_until_ready(self.base_url, self.processes)
        found: dict[str, Any] = json.loads((self.data / "sample.json").read_text())
        return found


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    made = Server(tmp_path)
    yield made
    made.processes.stop()


@pytest.mark.timeout(240)
def test_a_killed_load_goes_on_and_every_role_can_begin(server: Server) -> None:
    server.start()
    until(lambda: (server.data / "enrollment.sqlite").exists(), told=server.processes.story)
    server.processes.stop(signal.SIGKILL)
    assert not (server.data / "sample.json").exists()

    server.start()
    sample = server.sample()

    assert sample["base_url"] == server.base_url
    assert Counter(school["profile"] for school in sample["schools"]) == {
        "urban-district": 6,
        "dexing": 4,
    }
    assert {account["role"] for account in sample["accounts"]} == ROLES
    for school in sample["schools"]:
        of_school = [a for a in sample["accounts"] if a.get("school_id") == school["id"]]
        states = {a.get("state") for a in of_school if a["role"] == "guardian"}
        assert states == {"not_applied", "enrolled", "enrolled_registered_poor"}
    first = sample["schools"][0]["id"]
    for account in sample["accounts"]:
        if account.get("school_id", first) == first:
            client = Client(server.base_url, account["username"], account["password"])
            assert client.get("/me")["role"] == account["role"]
    bureau = next(a for a in sample["accounts"] if a["role"] == "bureau")
    client = Client(server.base_url, bureau["username"], bureau["password"])
    seen = client.wait_for("/oversight/enrollment", lambda a: a["complete"])
    assert {item["enrolled"] for item in seen["items"]} == {24}


@pytest.mark.timeout(240)
def test_a_second_start_keeps_everything(server: Server) -> None:
    server.start()
    before = server.sample()
    teacher = next(a for a in before["accounts"] if a["role"] == "teacher")
    school = before["schools"][0]
    client = Client(server.base_url, teacher["username"], teacher["password"])
    plan = {"service_kind": "after_school_custody", "class_id": school["class_ids"][0]}
    day = before["now"][:10]
    made = client.post(f"/schools/{school['id']}/sessions", {**plan, "date": day})
    client.post(f"/sessions/{made['session_id']}/roll", {"exceptions": []})
    server.processes.stop(signal.SIGKILL)
    until(lambda: not answers(server.base_url))  # its worker notices that it is an orphan

    server.start()
    assert server.sample()["accounts"] == before["accounts"]
    client = Client(server.base_url, teacher["username"], teacher["password"])
    roster = client.get(f"/sessions/{made['session_id']}")["roster"]
    assert Counter(item["status"] for item in roster) == {"present": 24}
