"""Runs one server for the tests and ends all of it, also when the tests themselves were killed.

Usage: ``python -m tests.stack.supervise SPECIFICATION`` with a JSON object that has ``command``,
``log``, ``user`` (or null), ``stop_signal`` and ``folder``.

It prints the server's process id, then obeys its standard input: ``s`` asks the server to stop,
``k`` kills it. The end of its input means that the tests are gone: it kills the server and removes
``folder``. Servers detach processes of their own (PostgreSQL's backends, Erlang's port mapper);
as a "child subreaper" this process inherits them, so that it leaves none behind. Linux only.
"""

from __future__ import annotations

import ctypes
import json
import os
import select
import shutil
import signal
import subprocess
import sys
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36


def main() -> None:
    """Run until the server has ended, for whatever reason."""
    specification = json.loads(sys.argv[1])
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    with open(specification["log"], "ab") as log:
        server = subprocess.Popen(
            specification["command"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            user=specification["user"],
            group=specification["user"],
            extra_groups=[] if specification["user"] else None,
            start_new_session=True,
        )
    print(server.pid, flush=True)
    tests_are_gone = _obey(server, specification["stop_signal"])
    _end_descendants()
    if tests_are_gone:
        shutil.rmtree(specification["folder"], ignore_errors=True)


def _obey(server: subprocess.Popen[bytes], stop_signal: int) -> bool:
    """Pass on orders until the server ends or must end; true when the tests are gone."""
    ended = os.pidfd_open(server.pid)
    while True:
        ready, _, _ = select.select([sys.stdin, ended], [], [])
        if ended in ready:
            return False
        order = os.read(sys.stdin.fileno(), 1)
        if order == b"s":
            server.send_signal(stop_signal)
        else:
            return order == b""


def _end_descendants() -> None:
    """Kill children until there are none: whoever loses its parent becomes ours."""
    while children := _children():
        for child in children:
            os.kill(child, signal.SIGKILL)
        for child in children:
            os.waitpid(child, 0)


def _children() -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            # The name in the second field may hold spaces, so count from its closing bracket.
            parent = int(status.read_text(errors="replace").rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
        if parent == os.getpid():
            found.append(int(status.parent.name))
    return found


if __name__ == "__main__":
    main()
