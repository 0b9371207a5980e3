"""``make run``: load the sample once, then serve the whole product from one process."""

from __future__ import annotations

import hmac
import json
import sys
import time
from pathlib import Path
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from chassis.clock import Clock, DemoClock
from gateway.app import create_app
from hp3.demo_clock import clock_for
from hp3.doctor import rounds
from hp3.embedded import Embedded, open_accounts, open_embedded
from hp3.orphans import end_with_parent
from hp3.rotation import finish as finish_rotation
from hp3.sample import load_sample

THREADS = 8


def serve(data: Path, *, port: int, clock: str | None, with_sample: bool) -> int:
    """Serve on 127.0.0.1 until told to stop; return the exit status."""
    started = time.monotonic()
    if found := rounds.embedded_at_start(data):
        for each in found:
            print(f"hp3: {each.line()}", file=sys.stderr)
        return rounds.REFUSED
    base_url = f"http://127.0.0.1:{port}"
    ready = None
    if with_sample:
        ready = load_sample(data, base_url, say=_say)
    _Server(data, port, clock, ready, started).run()
    return 0


def web_application(embedded: Embedded) -> Flask:
    """Return the gateway over an embedded platform."""
    clock: Clock = embedded.clock
    return create_app(
        caller=embedded.caller,
        accounts=open_accounts(embedded.data),
        clock=clock,
        token_key=embedded.keys.token,
        cookie_secret=hmac.digest(embedded.keys.token.secret, b"cookie", "sha256"),
        demo_clock=clock if isinstance(clock, DemoClock) else None,
    )


class _Server(BaseApplication):  # type: ignore[misc]
    """gunicorn with one worker process, which restarts it should it die."""

    def __init__(
        self, data: Path, port: int, clock: str | None, sample: Path | None, started: float
    ) -> None:
        self._data = data
        self._port = port
        self._clock = clock
        self._sample = sample
        self._started = started
        super().__init__()

    def load_config(self) -> None:
        settings: dict[str, Any] = {
            "bind": f"127.0.0.1:{self._port}",
            "workers": 1,
            "worker_class": "gthread",
            "threads": THREADS,
            "loglevel": "warning",
            "control_socket_disable": True,
            "post_fork": end_with_parent,
            "post_worker_init": lambda _worker: self._greet(),
        }
        for name, value in settings.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Flask:
        # In the worker process: SQLite connections and threads do not survive a fork.
        embedded = open_embedded(self._data, clock_for(self._data, self._clock), works=True)
        finish_rotation(self._data, embedded.services)
        app = web_application(embedded)
        app.config["DEMO_LOGINS"] = _logins(self._sample)
        self._now = embedded.clock.now()
        return app

    def _greet(self) -> None:
        base = f"http://127.0.0.1:{self._port}"
        _say(f"三点半 Half Past Three  {base}  ({time.monotonic() - self._started:.1f} s)")
        _say(f"clock {self._now:%Y-%m-%d %H:%M}   API {base}/docs   data {self._data}")
        for login in _logins(self._sample):
            _say("  {role:<15} {username:<20} {password}  {page}  {state}".format(**login))


PAGES = {
    "guardian": "/me",
    "gate_guard": "/gate",
    "school_office": "/office",
    "school_finance": "/finance",
    "bureau": "/bureau",
    "operator": "/ops",
}


def _logins(sample: Path | None) -> list[dict[str, str]]:
    """Return a login of each role (and state) of the sample's first school, for a first look."""
    if sample is None:
        return []
    content = json.loads(sample.read_text(encoding="utf-8"))
    school = content["schools"][0]
    shown: dict[tuple[str, str], dict[str, str]] = {}
    for account in content["accounts"]:
        at_school = account.get("school_id", school["id"]) == school["id"]
        if at_school and account.get("district_id", school["district_id"]) == school["district_id"]:
            login = {name: account[name] for name in ("role", "username", "password")}
            login["state"] = account.get("state", "")
            login["page"] = PAGES.get(account["role"]) or f"/class/{account['class_ids'][0]}/today"
            shown.setdefault((login["role"], login["state"]), login)
    return list(shown.values())


def _say(line: str) -> None:
    print(line, flush=True)
