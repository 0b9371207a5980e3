"""What was once published is never taken back: samples, catalogue, AsyncAPI."""

from __future__ import annotations

import hashlib
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from chassis.eventsourcing.upcasting import Upcasting
from contracts import language
from hp3 import catalogue
from services.audit.views import ALL
from tests.published import schemas

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "contracts" / "samples"
MANIFEST = SAMPLES / "PUBLISHED.json"
ANSWER = "Published samples never change. Bring it back and add a new version beside it: {}"

upcast = Upcasting(language.newest(), language.UPCASTERS)


def broken_promises(published: dict[str, str], folder: Path) -> list[str]:
    """The samples of ``published`` that are not in ``folder`` as they were."""
    return [
        name
        for name, digest in published.items()
        if not (folder / name).exists()
        or hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest
    ]


def earlier_manifests() -> list[dict[str, str]]:
    """The manifest as every commit that is here had it; none where there is no git."""
    listed = git("log", "--format=%H", "--", str(MANIFEST.relative_to(ROOT)))
    shown = [git("show", f"{commit}:contracts/samples/PUBLISHED.json") for commit in listed.split()]
    return [json.loads(text) for text in shown if text]


def git(*arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout if done.returncode == 0 else ""


def samples() -> list[tuple[str, str, int]]:
    services = [*language.EVENTS.items(), ("operations", language.SHARED)]
    return [(service, *key) for service, events in services for key in sorted(events)]


def envelope(service: str, name: str, version: int) -> dict[str, Any]:
    data = json.loads((SAMPLES / service / f"{name}.v{version}.json").read_text(encoding="utf-8"))
    return {
        "service": "fees" if service == "operations" else service,
        "partition": "school-1",
        "seq": 1,
        "event_id": "event-1",
        "type": name,
        "schema_version": version,
        "occurred_at": "2026-09-01T16:00:00.000+08:00",
        "data": data,
    }


def test_no_published_sample_was_changed_or_removed():
    for published in [json.loads(MANIFEST.read_text()), *earlier_manifests()]:
        wrong = broken_promises(published, SAMPLES)
        assert wrong == [], ANSWER.format(", ".join(wrong))


def test_every_sample_is_promised():
    there = {str(path.relative_to(SAMPLES)) for path in SAMPLES.rglob("*.v*.json")}

    assert there == set(json.loads(MANIFEST.read_text())), "add its sha256 to PUBLISHED.json"


def test_a_changed_and_a_removed_sample_are_reported(tmp_path: Path):
    (tmp_path / "kept.v1.json").write_text("{}")
    (tmp_path / "changed.v1.json").write_text("{}")
    digest = hashlib.sha256(b"{}").hexdigest()
    published = {"kept.v1.json": digest, "changed.v1.json": "0" * 64, "removed.v1.json": digest}

    assert broken_promises(published, tmp_path) == ["changed.v1.json", "removed.v1.json"]


@pytest.mark.parametrize(("service", "name", "version"), samples())
def test_every_version_fits_its_schema_and_is_understood_today(service, name, version):
    events = schemas(service)
    told = envelope(service, name, version)

    assert events[name, version].validate(told["data"]) == {}
    new = upcast(told)
    newest = language.newest()[new["service"], name]
    assert new["schema_version"] == newest
    assert events[name, newest].validate(new["data"]) == {}


@pytest.mark.parametrize("view", ALL, ids=lambda view: view.NAME)
def test_every_view_folds_every_version_that_it_hears(view):
    for service, name, version in samples():
        if service == view.SERVICE and name in view.TYPES:
            told = upcast(envelope(service, name, version))
            for key in view.keys(told):
                view.fold(None, told, key)


def test_every_step_between_versions_has_its_upcaster():
    for service, events in language.EVENTS.items():
        steps = {(name, version - 1) for name, version in events if version > 1}
        assert set(language.UPCASTERS[service]) == steps


def test_catalogue_and_asyncapi_are_up_to_date():
    assert catalogue.CATALOGUE.read_text(encoding="utf-8") == catalogue.catalogue(), "make events"
    assert catalogue.ASYNCAPI.read_text(encoding="utf-8") == catalogue.asyncapi_text()


def test_asyncapis_own_parser_accepts_the_document(tmp_path: Path):
    told = parsed(catalogue.ASYNCAPI)

    assert (told["version"], told["wrong"]) == ("3.0.0", [])
    assert told["channels"] == len(language.SERVICES)

    spoilt = catalogue.asyncapi()
    spoilt["channels"]["fees"]["messages"]["FeeCharged.v1"] = {"$ref": "#/nowhere"}
    (tmp_path / "spoilt.json").write_text(json.dumps(spoilt))
    assert parsed(tmp_path / "spoilt.json")["wrong"] != []


def parsed(document: Path) -> dict[str, Any]:
    """What AsyncAPI's public parser says; `make stack` installs it."""
    done = subprocess.run(
        ["node", "check.mjs", str(document)],
        cwd=ROOT / "tests" / "asyncapi",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told
