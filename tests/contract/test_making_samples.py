"""Golden samples of new events: made from their fields, or asked for by name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from contracts import language
from contracts.fees.charges import FeeCharged
from contracts.safety.incidents import IncidentReported
from contracts.schemas import loader
from hp3 import samples


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of samples in place of the real one."""
    monkeypatch.setattr(samples, "SAMPLES", tmp_path)
    monkeypatch.setattr(samples, "MANIFEST", tmp_path / "PUBLISHED.json")
    (tmp_path / "PUBLISHED.json").write_text("{}")
    return tmp_path


def test_no_event_is_without_its_sample():
    assert list(samples.missing()) == []


def test_what_is_missing_is_written_and_promised_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch
):
    event = ("IncidentReported", 1)
    monkeypatch.setattr(language, "EVENTS", {"safety": {event: IncidentReported}})
    monkeypatch.setattr(language, "SHARED", {})

    samples.main()

    written = folder / "safety" / "IncidentReported.v1.json"
    loader(IncidentReported).load(json.loads(written.read_text()))
    promised = samples.MANIFEST.read_text()
    assert list(json.loads(promised)) == ["safety/IncidentReported.v1.json"]
    written.write_text("{}")
    samples.main()
    assert (written.read_text(), samples.MANIFEST.read_text()) == ("{}", promised)


def test_a_sample_that_cannot_be_guessed_is_asked_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(language, "EVENTS", {"fees": {("FeeCharged", 1): FeeCharged}})

    with pytest.raises(SystemExit, match=r"FeeCharged\.v1\.json by hand"):
        samples.main()

    assert samples.MANIFEST.read_text() == "{}"
