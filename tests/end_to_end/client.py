"""A small HTTP client for the stories: one login, a fresh idempotency key for each command."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from typing import Any

import httpx

from tests.stack.waiting import until


class Refused(AssertionError):
    """The gateway answered a problem document."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        super().__init__(f"{status} {problem}")
        self.status = status
        self.problem = problem
        self.code: str = problem.get("code", "")


class Client:
    """Calls ``/api/v1`` as one account."""

    def __init__(self, base_url: str, username: str, password: str) -> None:
        # No connection outlives its request: a story has many people, and servers that are killed.
        self._http = httpx.Client(
            base_url=f"{base_url}/api/v1",
            timeout=30,
            limits=httpx.Limits(max_keepalive_connections=0),
        )
        token = self.post("/auth/token", {"username": username, "password": password})
        self._http.headers["Authorization"] = f"Bearer {token['access_token']}"

    def post(self, path: str, body: Any = None, *, key: str | None = None, **options: Any) -> Any:
        """Send a command and return its answer.

        Raises:
            Refused: the gateway answered no.
        """
        headers = {"Idempotency-Key": key or str(uuid.uuid4())}
        if body is not None:
            options["json"] = body
        elif "files" not in options:
            options["json"] = {}
        return _answer(self._http.post(path, headers=headers, **options))

    def get(self, path: str, **params: Any) -> Any:
        """Ask a query and return its answer."""
        return _answer(self._http.get(path, params=params))

    def wait_for(self, path: str, so: Callable[[Any], object], **params: Any) -> Any:
        """Ask a query until its answer satisfies ``so``; return that answer."""
        answers: list[Any] = []

        def ask() -> object:
            answers.append(self.get(path, **params))
            return so(answers[-1])

        until(ask, within=30, told=lambda: f"last answer: {answers[-1:]}")
        return answers[-1]

    def refused(self, path: str, body: Any = None, **options: Any) -> Refused:
        """Send a command that must be refused; return the refusal."""
        try:
            answer = self.post(path, body, **options)
        except Refused as refusal:
            return refusal
        raise AssertionError(f"not refused: {path} {body} -> {answer}")

    def eventually(self, path: str, body: Any = None, *, unless: set[str]) -> Any:
        """Send a command, again while it is refused for a fact still on its way (``unless``)."""
        answers: list[Any] = []

        def send() -> object:
            try:
                answers.append(self.post(path, body))
            except Refused as refusal:
                if refusal.code in unless:
                    return False
                raise
            return True

        until(send, within=30)
        return answers[-1]


def _answer(response: httpx.Response) -> Any:
    if response.status_code >= 400:
        assert response.headers["content-type"].startswith("application/problem+json"), (
            response.text
        )
        raise Refused(response.status_code, response.json())
    return response.json()
