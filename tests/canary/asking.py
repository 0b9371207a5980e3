"""Run in a copy of the tree that has the canary feature: asks for it by every way there is.

Prints what it found, as JSON.
"""

from __future__ import annotations

import json
import re
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from chassis.kernel.call import CHINA, SYSTEM, Principal
from chassis.security import issue_token
from chassis.testing.world import FixedClock
from gateway import texts
from gateway.app import create_app
from gateway.sessions import COOKIE
from hp3 import catalogue, problems, roles, samples
from hp3.embedded import Embedded, open_accounts, open_embedded
from services.audit.schema import audit_events

NOW = datetime(2026, 9, 1, 15, 30, tzinfo=CHINA)
TEACHER = Principal(account_id="t", role="teacher", person_id="t", school_id="elm")
GUARDIAN = Principal(account_id="g", role="guardian", person_id="g")
PATH = "/found-things"
API = "/api/v1/schools/elm/found-things"
UMBRELLA = {"kind": "umbrella", "found_on": "2026-09-01"}


def main(data: Path) -> dict[str, Any]:
    samples.main()
    embedded = open_embedded(data, FixedClock(NOW), live=False)
    accounts = open_accounts(data)
    try:
        _open_school(embedded)
        app = create_app(
            caller=embedded.caller,
            accounts=accounts,
            clock=embedded.clock,
            token_key=embedded.keys.token,
            cookie_secret=b"c" * 32,
        )
        told = {
            **_over_http(app.test_client(), embedded),
            **_on_a_page(app.test_client(), embedded),
            **_documented(app.test_client()),
        }
        embedded.bus.deliver()
        return {**told, **_stored(embedded)}
    finally:
        accounts.close()
        embedded.close()


def _open_school(embedded: Embedded) -> None:
    for operation, body in (
        ("register_district", {"district_id": "d", "name": "d", "profile": "urban-district"}),
        (
            "register_school",
            {
                "school_id": "elm",
                "name": "elm",
                "district_id": "d",
                "stage": "primary",
                "area": "urban",
            },
        ),
    ):
        context = {"token": issue_token(SYSTEM, embedded.keys.token), "idempotency_key": operation}
        reply = embedded.caller.call("enrollment", operation, context, {}, body)
        assert reply["status"] == "ok", reply
        embedded.bus.deliver()


def _over_http(client: Any, embedded: Embedded) -> dict[str, Any]:
    def as_(who: Principal) -> dict[str, str]:
        return {"Authorization": f"Bearer {issue_token(who, embedded.keys.token)}"}

    def send(who: Principal, key: str, **changed: str) -> Any:
        headers = {**as_(who), "Idempotency-Key": key, "Accept-Language": "en"}
        return client.post(API, json={**UMBRELLA, **changed}, headers=headers)

    made, again = send(TEACHER, "one"), send(TEACHER, "one")
    late = send(TEACHER, "two", found_on="2026-09-02")
    return {
        "made": made.json,
        "again": again.json == made.json,
        "statuses": [
            made.status_code,
            late.status_code,
            send(TEACHER, "three", kind="elephant").status_code,
            send(GUARDIAN, "four").status_code,
        ],
        "refused": [late.json["code"], late.json["detail"]],
        "listed": client.get(API, headers=as_(TEACHER)).json,
    }


def _on_a_page(browser: Any, embedded: Embedded) -> dict[str, Any]:
    browser.set_cookie(COOKIE, issue_token(TEACHER, embedded.keys.token))
    hidden = dict(re.findall(r'name="(csrf_token|request_key)" value="([^"]*)"', _html(browser)))
    late = browser.post(PATH, data={**hidden, **UMBRELLA, "found_on": "2026-09-02"})
    sent = browser.post(PATH, data={**hidden, "kind": "bottle", "found_on": "2026-09-01"})
    shown = {"zh": _html(browser, sent.headers["Location"])}
    browser.set_cookie("hp3_lang", "en")
    shown["en"] = _html(browser)
    return {"page": shown, "page_refused": [late.status_code, late.text], "sent": sent.status_code}


def _html(browser: Any, path: str = PATH) -> str:
    response = browser.get(path, headers={"Accept": "text/html"})
    assert response.status_code == 200, response.text
    return str(response.text)


def _documented(client: Any) -> dict[str, Any]:
    openapi = client.get("/openapi.json").json
    events = catalogue.asyncapi()["components"]
    return {
        "openapi": [
            API.replace("elm", "{school_id}") in openapi["paths"],
            "safety.FoundThing" in openapi["components"]["schemas"],
        ],
        "asyncapi": [
            "safety.ThingFound.v1" in events["messages"],
            events["messages"]["safety.ThingFound.v1"]["examples"][0]["payload"]["data"],
        ],
        "promised": "safety/ThingFound.v1.json" in samples.MANIFEST.read_text(encoding="utf-8"),
        "catalogue": "### ThingFound v1" in catalogue.catalogue(),
        "roles": [line for line in roles.page().splitlines() if "report_thing" in line],
        "problems": [each for each in problems.catalogue() if "found" in each["code"]],
        "texts": texts.text("en", "found-things.title"),
    }


def _stored(embedded: Embedded) -> dict[str, Any]:
    log = [event["type"] for event in embedded.services["safety"].log.read("elm")]
    with embedded.services["audit"].database.read() as connection:
        said = audit_events.select().where(audit_events.c.service == "safety")
        copied = [row["type"] for row in connection.execute(said).mappings()]
    return {"log": log, "copied": copied}


if __name__ == "__main__":
    json.dump(main(Path(sys.argv[1])), sys.stdout)
