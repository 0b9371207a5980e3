"""Pages over services that answer as on a school day, seen with a browser's cookies."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from chassis.eventsourcing.application import WireReply
from chassis.kernel.call import Principal
from chassis.security import issue_token
from chassis.testing.world import TOKEN_KEY
from gateway.sessions import COOKIE
from tests.component.gateway.world import Call, World
from tests.component.pages.answers import view

WHO = {
    "guardian": Principal(account_id="a-g", role="guardian", person_id="g-1"),
    "teacher": Principal(
        account_id="a-t", role="teacher", person_id="t-1", school_id="s1", class_ids=("c-32",)
    ),
    "gate_guard": Principal(account_id="a-w", role="gate_guard", person_id="w-1", school_id="s1"),
    "school_office": Principal(account_id="a-o", role="school_office", school_id="s1"),
    "school_finance": Principal(account_id="a-f", role="school_finance", school_id="s1"),
    "bureau": Principal(account_id="a-b", role="bureau", district_id="d1"),
    "operator": Principal(account_id="a-n", role="operator"),
}

HIDDEN = re.compile(r'name="(csrf_token|request_key)" value="([^"]*)"')


@dataclass
class SchoolDay:
    """Services with an answer for every query; a test changes what it is about.

    An answer that depends on what is asked is a function of the call.
    """

    answers: dict[str, Any]
    refusals: dict[str, WireReply] = field(default_factory=dict)
    failures: dict[str, Exception] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)

    def call(
        self,
        service: str,
        operation: str,
        context: Mapping[str, Any],
        params: Mapping[str, Any] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> WireReply:
        asked = Call(service, operation, dict(context), dict(params or {}), dict(body or {}))
        self.calls.append(asked)
        if operation in self.failures:
            raise self.failures[operation]
        if operation in self.refusals:
            return self.refusals[operation]
        if operation == "oversight":
            return {"status": "ok", "body": view(asked.params["view"])}
        answer = self.answers.get(operation, {})
        answer = answer(asked) if callable(answer) else answer
        return {"status": "ok", "body": copy.deepcopy(answer)}

    def take(self, answers: Mapping[str, Any]) -> None:
        """Let these answers stand for those of the school day."""
        self.answers.update(copy.deepcopy(dict(answers)))

    def refuse(self, operation: str, kind: str = "conflict", **errors: list[str]) -> None:
        self.refusals[operation] = {
            "status": "refused",
            "kind": kind,
            "code": "test.refused",
            "clauses": [],
            "detail": {"zh": "不行，请这样改。", "en": "No; do it like this."},
            **({"errors": errors} if errors else {}),
        }

    def sent(self, operation: str) -> list[Call]:
        """Return the calls of one operation."""
        return [call for call in self.calls if call.operation == operation]


@dataclass
class Browser:
    """A browser of one person: keeps its cookie, sends the forms that it sees."""

    client: FlaskClient
    role: str
    language: str

    def see(self, path: str, status: int = 200) -> str:
        """Return a page."""
        response = self.client.get(path, headers={"Accept": "text/html"})
        assert response.status_code == status, (path, response.status_code, response.text[-600:])
        return response.text

    def send(self, page: str, path: str, **values: Any) -> TestResponse:
        """Send a form of ``page`` with its hidden fields."""
        hidden = dict(HIDDEN.findall(self.see(page)))
        return self.client.post(path, data={**hidden, **values}, headers={"Accept": "text/html"})


def browse(world: World, role: str, language: str = "zh") -> Browser:
    """Return the browser of somebody who acts in ``role``; "nobody" is not logged in."""
    client = world.app.test_client()
    client.set_cookie("hp3_lang", language)
    if role in WHO:
        client.set_cookie(COOKIE, issue_token(WHO[role], TOKEN_KEY))
    return Browser(client, role, language)
