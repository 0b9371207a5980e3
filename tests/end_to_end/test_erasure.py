"""A person who is erased is erased everywhere, and the log does not notice."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from chassis.clock import DemoClock, new_id
from chassis.erasure import is_genuine
from chassis.kernel.call import CHINA
from chassis.vault import ERASED
from contracts.operations.erasures import PersonalDataErased
from hp3.backup import back_up, restore
from hp3.embedded import Embedded, open_embedded
from hp3.keys import new_master
from hp3.rotation import finish, rotate, status
from hp3.sample import load_sample
from hp3.server import web_application
from services.audit.proof import verifying

NOW = datetime(2026, 9, 1, 15, 25, tzinfo=CHINA)
REASON = {"grounds": "guardian-request", "reason": "asked for in writing"}


@dataclass
class Town:
    """The sample, running, and its accounts."""

    data: Path
    embedded: Embedded
    app: Flask
    sample: dict[str, Any]

    def account(self, role: str, state: str | None = None) -> dict[str, Any]:
        school = self.sample["schools"][0]["id"]
        return next(
            a
            for a in self.sample["accounts"]
            if a["role"] == role
            and a.get("state") == state
            and a.get("school_id", school) == school
        )

    def headers(self, account: dict[str, Any]) -> dict[str, str]:
        body = {name: account[name] for name in ("username", "password")}
        reply = self.app.test_client().post("/api/v1/auth/token", json=body)
        assert reply.status_code == 200, reply.text
        return {"Authorization": f"Bearer {reply.json['access_token']}"}

    def get(self, path: str, role: str, state: str | None = None, **more: str) -> Any:
        headers = {**self.headers(self.account(role, state)), **more}
        return self.app.test_client().get(f"/api/v1{path}", headers=headers)

    def post(self, path: str, body: dict[str, Any], role: str, key: str) -> Any:
        headers = {**self.headers(self.account(role)), "Idempotency-Key": key}
        return self.app.test_client().post(f"/api/v1{path}", json=body, headers=headers)

    def pages(self, role: str, *paths: str, state: str | None = None) -> str:
        client = self.app.test_client()
        account = self.account(role, state)
        text = client.get("/login").text
        token = text.partition('name="csrf_token" value="')[2].partition('"')[0]
        form = {"csrf_token": token, "username": account["username"]}
        client.post("/login", data={**form, "password": account["password"]})
        shown = [client.get(path, follow_redirects=True) for path in paths]
        assert [page.status_code for page in shown] == [200] * len(paths), shown
        return "\n".join(page.text for page in shown)

    def erase(self, person: str, kind: str, **more: Any) -> Any:
        school = self.sample["schools"][0]["id"]
        body = {"school_id": school, "kind": kind, **REASON, **more}
        return self.post(f"/ops/persons/{person}/erase", body, "operator", new_id())


def opened(data: Path) -> tuple[Embedded, Flask]:
    embedded = open_embedded(data, DemoClock(NOW, datetime.now(UTC)))
    return embedded, web_application(embedded)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("sample") / "data"
    load_sample(data, "http://127.0.0.1:8000", say=lambda line: None)
    return data


@pytest.fixture
def town(loaded: Path, tmp_path: Path) -> Iterator[Town]:
    data = tmp_path / "data"
    shutil.copytree(loaded, data)
    embedded, app = opened(data)
    yield Town(data, embedded, app, json.loads((data / "sample.json").read_text()))
    embedded.close()


def child_of(town: Town) -> tuple[str, str, str]:
    """A pupil with their name, and the guardian."""
    account = town.account("guardian", "enrolled")
    pupil = account["student_ids"][0]
    name = town.get(f"/students/{pupil}", "school_office").json["name"]
    return pupil, name, account["receiver_id"]


def digests(town: Town) -> dict[str, Any]:
    audit = town.embedded.services["audit"]
    town.embedded.bus.deliver()
    assert audit.subscriber is not None
    verified = verifying.verify(
        audit.database, audit.subscriber.sources, town.embedded.keys.signing
    )
    assert verified.found == []
    return {str(log.place): log.root for log in verified.logs}


def test_nothing_shows_who_it_was_any_more(town: Town) -> None:
    pupil, name, guardian = child_of(town)
    school = town.sample["schools"][0]["id"]
    class_id = town.get(f"/students/{pupil}", "school_office").json["class_id"]
    before = town.pages("school_office", f"/office/accounts/classes/{class_id}")
    assert name in before

    assert town.erase(pupil, "student", dry_run=True).json["services"][1]["subjects"] > 0
    assert town.get(f"/students/{pupil}", "school_office").json["name"] == name
    done = town.erase(pupil, "student")

    assert done.status_code == 200, done.text
    assert town.get(f"/students/{pupil}", "school_office").json["name"] == ERASED
    listed = town.get(f"/schools/{school}/students?class_id={class_id}", "school_office").json
    named = {item["student_id"]: item["name"] for item in listed["items"]}
    assert (named[pupil], name in named.values()) == (ERASED, False)
    again = town.pages("school_office", f"/office/accounts/classes/{class_id}", "/office")
    assert name not in again
    assert ERASED in again
    assert name not in town.pages(
        "guardian", "/me", f"/me/children/{pupil}/receivers", state="enrolled"
    )
    assert name not in town.pages("gate_guard", "/gate")
    assert guardian


def test_a_guardian_who_is_erased_can_no_longer_log_in(town: Town) -> None:
    account = town.account("guardian", "enrolled")
    town.headers(account)

    done = town.erase(account["receiver_id"], "guardian")

    assert done.json["accounts_closed"] == 1
    body = {name: account[name] for name in ("username", "password")}
    assert town.app.test_client().post("/api/v1/auth/token", json=body).status_code == 401
    pupil = account["student_ids"][0]
    guardians = town.get(f"/students/{pupil}", "school_office").json["guardians"]
    assert ERASED in {guardian["name"] for guardian in guardians}


def test_the_erasure_is_signed_and_says_nothing_personal(town: Town) -> None:
    pupil, name, _ = child_of(town)
    town.erase(pupil, "student")

    school = town.sample["schools"][0]["id"]
    events = town.embedded.services["enrollment"].log.read(school, 0, 10_000)
    (erased,) = [event for event in events if event["type"] == "PersonalDataErased"]
    record = PersonalDataErased(**erased["data"])
    assert is_genuine(record, town.embedded.keys.signing.public)
    forged = PersonalDataErased(**{**erased["data"], "grounds": "error"})
    assert not is_genuine(forged, town.embedded.keys.signing.public)
    assert name not in json.dumps(erased, ensure_ascii=False)
    assert "in writing" not in json.dumps(erased)


def test_asking_again_is_quiet(town: Town) -> None:
    pupil, _, _ = child_of(town)
    town.erase(pupil, "student")
    events = sum(town.embedded.services["enrollment"].log.heads().values())

    again = town.erase(pupil, "student", reason="asked once more")

    assert {each["subjects"] for each in again.json["services"]} == {0}
    assert again.json["services"][1]["already_erased"] is True
    assert sum(town.embedded.services["enrollment"].log.heads().values()) == events


def test_a_child_in_care_is_not_forgotten(town: Town) -> None:
    account, school = town.account("teacher"), town.sample["schools"][0]
    plan = {"service_kind": "after_school_custody", "date": "2026-09-01"}
    plan["class_id"] = account["class_ids"][0]
    made = town.post(f"/schools/{school['id']}/sessions", plan, "teacher", "open").json
    session = f"/sessions/{made['session_id']}"
    assert town.post(f"{session}/roll", {"exceptions": []}, "teacher", "roll").status_code == 200
    pupil = town.get(session, "teacher").json["roster"][0]["student_id"]

    refused = town.erase(pupil, "student")

    assert refused.status_code == 409, refused.text
    assert refused.json["code"] == "attendance.still-in-care"
    assert town.get(f"/students/{pupil}", "school_office").json["name"] != ERASED


def test_only_an_operator_erases_and_only_on_known_grounds(town: Town) -> None:
    pupil, _, _ = child_of(town)
    body = {"school_id": town.sample["schools"][0]["id"], **REASON}

    assert town.post(f"/ops/persons/{pupil}/erase", body, "school_office", "k").status_code == 403
    assert town.erase(pupil, "student", grounds="because").status_code == 422


def test_log_views_and_proofs_stay_as_they_were(town: Town) -> None:
    before = digests(town)
    pupil, _, guardian = child_of(town)
    town.erase(pupil, "student")
    town.erase(guardian, "guardian")

    after = digests(town)

    school = town.sample["schools"][0]["id"]
    changed = {place for place in before if before[place] != after[place]}
    assert all(school in place for place in changed), "only the school's logs grew"


def test_a_roster_that_brings_the_pupil_back_makes_another_one(town: Town) -> None:
    pupil, name, _ = child_of(town)
    town.erase(pupil, "student")
    school = town.sample["schools"][0]["id"]
    row = "姓名,性别,年级,班级,监护人姓名,监护人电话,关系\n"
    file = (row + f"{name},男,三年级,1班,周明,13800138000,父亲\n").encode()
    headers = {**town.headers(town.account("school_office")), "Idempotency-Key": "roster"}
    reply = town.app.test_client().post(
        f"/api/v1/schools/{school}/imports",
        data={"file": (io.BytesIO(file), "roster.csv")},
        headers=headers,
    )

    assert reply.status_code in (200, 201), reply.text
    assert town.get(f"/students/{pupil}", "school_office").json["name"] == ERASED


def test_an_old_back_up_does_not_bring_the_person_back(town: Town, tmp_path: Path) -> None:
    pupil, _, _ = child_of(town)
    other = town.account("guardian", "enrolled_registered_poor")["student_ids"][0]
    others_name = town.get(f"/students/{other}", "school_office").json["name"]
    folder = tmp_path / "backups"
    back_up(town.data, folder, "before")
    town.erase(pupil, "student")
    back_up(town.data, folder, "after")

    restore(folder, "before", tmp_path / "restored")

    embedded, app = opened(tmp_path / "restored")
    old = Town(tmp_path / "restored", embedded, app, town.sample)
    assert old.get(f"/students/{pupil}", "school_office").json["name"] == ERASED
    assert old.get(f"/students/{other}", "school_office").json["name"] == others_name
    embedded.close()


def test_the_master_key_is_rotated_under_way(town: Town) -> None:
    pupil, name, _ = child_of(town)
    keys = new_master(town.data)
    beside = open_embedded(town.data, town.embedded.clock, live=False)

    moved = rotate(beside.services)

    assert moved["enrollment"] > 2000
    assert town.get(f"/students/{pupil}", "school_office").json["name"] == name
    assert finish(town.data, beside.services) is True
    assert {key for found in status(beside.services).values() for key in found} == {
        keys.master.key_id
    }
    beside.close()
    embedded, app = opened(town.data)
    later = Town(town.data, embedded, app, town.sample)
    assert later.get(f"/students/{pupil}", "school_office").json["name"] == name
    embedded.close()


def test_no_name_and_no_phone_is_stored_in_clear(town: Town) -> None:
    """Whatever the sample's families are called, no file under the data folder says so."""
    school = town.sample["schools"][0]["id"]
    names = set()
    for state in ("not_applied", "enrolled", "enrolled_registered_poor"):
        account = town.account("guardian", state)
        shown = town.get(f"/students/{account['student_ids'][0]}", "school_office").json
        names |= {shown["name"], *(each["name"] for each in shown["guardians"])}
    town.embedded.close()

    for path in town.data.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        found = [name for name in names if name.encode() in content]
        assert found == [], path.name
    assert school
