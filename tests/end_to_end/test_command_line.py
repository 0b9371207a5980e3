"""The operators' commands, as they are typed, on the sample: what docs/operations.md says works."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from chassis.vault import ERASED
from hp3.cli import main
from hp3.sample import load_sample

ROOT = Path(__file__).parents[2]


class Terminal:
    """Types commands on a data folder."""

    def __init__(self, data: Path, folder: Path) -> None:
        self.data, self.folder = data, folder

    def hp3(self, line: str, *, status: int = 0, data: Path | None = None) -> str:
        environment = {"HP3_DATA": str(data or self.data), "PATH": "/usr/bin:/bin"}
        done = subprocess.run(
            [sys.executable, "-m", "hp3", *line.split()],
            cwd=self.folder,
            env={**environment, "PYTHONPATH": str(ROOT), "USER": "night-shift"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == status, (line, done.stdout, done.stderr)
        return done.stdout + done.stderr


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("sample") / "data"
    load_sample(data, "http://127.0.0.1:8000", say=lambda line: None)
    return data


@pytest.fixture
def terminal(loaded: Path, tmp_path: Path) -> Terminal:
    data = tmp_path / "data"
    shutil.copytree(loaded, data)
    return Terminal(data, tmp_path)


@pytest.mark.timeout(240)
def test_looking_around(terminal: Terminal) -> None:
    assert "0 to mend now, 0 to look at" in terminal.hp3("doctor")
    assert "All is well" in terminal.hp3("verify")
    assert "Nothing is parked" in terminal.hp3("parked list")
    assert "audit       enrollment" in terminal.hp3("status")
    assert json.loads(terminal.hp3("status --json"))["heads"]["enrollment"]["chaoyang"] > 0
    assert "under the current key" in terminal.hp3("keys status")
    past = json.loads(terminal.hp3("as-of enrollment --at 2026-09-01T15:24:00+08:00"))
    assert {item["enrolled"] for item in past["items"]} == {24}
    refused = terminal.hp3("as-of enrollment --at 2027-09-01T15:24:00+08:00", status=1)
    assert "audit.in-the-future" in refused


@pytest.mark.timeout(240)
def test_rebuilding_and_going_back(terminal: Terminal) -> None:
    assert "swapped" in terminal.hp3("rebuild --reason monthly")
    ready = terminal.hp3("rebuild --no-swap funds", status=3)
    rebuild_id = ready.partition("rebuild --swap ")[2].split()[0]
    assert "ready" in terminal.hp3("rebuild --status")
    assert "rebuild.under-way" in terminal.hp3("rebuild", status=1)
    assert "swapped" in terminal.hp3(f"rebuild --swap {rebuild_id}")
    assert "rebuild.wrong-state" in terminal.hp3(f"rebuild --pause {rebuild_id}", status=1)
    assert "swapped" in terminal.hp3("rebuild --rollback")
    assert "All is well" in terminal.hp3("verify")


@pytest.mark.timeout(240)
def test_proving_and_taking_away(terminal: Terminal) -> None:
    key = terminal.hp3("prove key").strip()
    terminal.hp3("prove head --school chaoyang --out head.ndjson")
    terminal.hp3("prove event --service enrollment --school chaoyang --seq 3 --out event.json")
    terminal.hp3("prove heads --school chaoyang --out heads.ndjson")
    terminal.hp3("prove consistency --school chaoyang --from 1 --to 1 --out consistency.json")
    terminal.hp3("export --school chaoyang --out log.ndjson.gz")
    verified = subprocess.run(
        [
            sys.executable,
            str(ROOT / "tools" / "hp3_verify.py"),
            *("--key", key, "event.json", "heads.ndjson", "consistency.json", "log.ndjson.gz"),
        ],
        cwd=terminal.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert verified.returncode == 0, verified.stdout
    assert verified.stdout.count("holds") == 4

    elsewhere = terminal.folder / "elsewhere"
    told = terminal.hp3(f"import log log.ndjson.gz --key {key} --dry-run", data=elsewhere)
    assert "all under signed heads" in told
    assert "were new" in terminal.hp3(f"import log log.ndjson.gz --key {key}", data=elsewhere)
    assert "All is well" in terminal.hp3("verify --copy-only", data=elsewhere)
    wrong = f"import log log.ndjson.gz --key {'00' * 32}"
    assert "Nothing was imported" in terminal.hp3(wrong, data=elsewhere, status=1)


@pytest.mark.timeout(240)
def test_erasing_rotating_and_restoring(terminal: Terminal) -> None:
    sample = json.loads((terminal.data / "sample.json").read_text())
    guardian = next(a for a in sample["accounts"] if a.get("state") == "enrolled")
    school, pupil = guardian["school_id"], guardian["student_ids"][0]
    backed = terminal.hp3("backup --to backups")
    name = Path(backed.split(",")[0]).name
    erase = f"erase --school {school} --person {pupil} --grounds guardian-request --reason asked"

    assert "would be destroyed" in terminal.hp3(f"{erase} --dry-run")
    assert "add --yes" in terminal.hp3(erase, status=1)
    assert "destroyed, signed" in terminal.hp3(f"{erase} --yes")
    assert "already erased" in terminal.hp3(f"{erase} --yes")
    assert "keys wrapped anew" in terminal.hp3("keys rotate")
    assert "All is well" in terminal.hp3("verify")
    terminal.hp3("backup --to backups2")
    restored = terminal.folder / "restored"
    terminal.hp3(f"restore --from backups --name {name}", data=restored)
    again = terminal.hp3(f"restore --from backups --name {name}", data=restored, status=1)
    assert "is not empty" in again
    assert "All is well" in terminal.hp3("verify", data=restored)
    assert ERASED not in backed


@pytest.mark.timeout(240)
def test_replaying_what_the_copy_lost(terminal: Terminal) -> None:
    import sqlite3

    connection = sqlite3.connect(terminal.data / "audit.sqlite")
    connection.execute(
        "DELETE FROM audit_events WHERE service = 'enrollment' AND partition = 'chaoyang' "
        "AND seq = 5"
    )
    connection.commit()
    connection.close()

    told = terminal.hp3("verify --quick", status=3)
    assert "COPY-MISSING  enrollment chaoyang #5" in told
    head = json.loads(terminal.hp3("status --json"))["heads"]["enrollment"]["chaoyang"]
    replay = (
        f"replay --service enrollment --school chaoyang --from 5 --to {head} --consumer audit "
        "--again --reason lost"
    )
    assert "would be: 1 restored" in terminal.hp3(f"{replay} --dry-run")
    assert "1 restored" in terminal.hp3(replay)
    assert "All is well" in terminal.hp3("verify")


def test_what_does_not_work_is_told_in_one_line(terminal: Terminal) -> None:
    away = "import log nowhere.ndjson.gz --dry-run"
    assert terminal.hp3(away, status=1) == "hp3: nowhere.ndjson.gz: No such file or directory\n"
    aside = "prove head --school chaoyang --out no-folder/head.ndjson"
    told = terminal.hp3(aside, status=1).splitlines()
    assert told[-1] == "hp3: no-folder/head.ndjson: No such file or directory"
    assert "Traceback" not in "".join(told)


def test_a_database_that_is_away_is_told_in_one_line(capsys, monkeypatch) -> None:
    monkeypatch.setenv("HP3_AMQP_URL", "amqp://guest:guest@127.0.0.1:9/%2F")
    monkeypatch.setenv("HP3_GATEWAY_DATABASE_URL", "postgresql+psycopg2://a:b@127.0.0.1:9/none")

    assert main(["create-operator", "nobody"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "A database does not answer" in line
    assert "Connection refused" in line
