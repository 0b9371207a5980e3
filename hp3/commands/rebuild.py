"""``hp3 rebuild``: the oversight views from the log, beside the live ones, compared, swapped."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Mapping
from typing import Any

from contracts.audit.rebuilds import Progress
from hp3.commands import Commands

DIFFERENT = 3
"""Exit status when the live rows were not what the log says, or a person must look."""
ENDED = ("swapped", "ready", "paused", "cancelled", "failed")
LOOK_SECONDS = 0.5


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("rebuild", help="rebuild the oversight views from the log")
    parser.add_argument("view", nargs="*", help="which views; all of them if none is named")
    parser.add_argument("--no-swap", action="store_true", help="leave it ready for --swap")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes")
    parser.add_argument("--reason", default="rebuild by hand", help="goes on record")
    parser.add_argument("--json", action="store_true", help="the report, for programs")
    do = parser.add_mutually_exclusive_group()
    do.add_argument("--status", action="store_true", help="the newest rebuilds")
    do.add_argument("--rollback", action="store_true", help="back to the generation before")
    for name, help_text in (
        ("pause", "stop folding, keep what is done"),
        ("resume", "go on with one that was paused or has failed"),
        ("cancel", "give one up; readers never saw it"),
        ("swap", "make one that is ready live"),
    ):
        do.add_argument(f"--{name}", metavar="ID", help=help_text)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    if options.status:
        return _status(options)
    for name in ("pause", "cancel"):
        if getattr(options, name):
            return _settle(options, name)
    for name in ("resume", "swap"):
        if rebuild_id := getattr(options, name):
            _ask(options, f"{name}_rebuild", rebuild_id)
            return _follow(options, rebuild_id)
    body: dict[str, Any] = {"views": options.view, "reason": options.reason}
    if not options.rollback:
        body |= {"swap": not options.no_swap, "jobs": options.jobs}
    operation = "rollback_views" if options.rollback else "request_rebuild"
    return _follow(options, _ask(options, operation, body=body)["rebuild_id"])


def _ask(
    options: argparse.Namespace,
    operation: str,
    rebuild_id: str | None = None,
    body: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    from hp3.installation import calls, operator

    params = {"rebuild_id": rebuild_id} if rebuild_id else {}
    with calls() as installation:
        return installation.ask(
            "audit", operation, params, body or {"reason": options.reason}, principal=operator()
        )


def _settle(options: argparse.Namespace, name: str) -> int:
    rebuild = _ask(options, f"{name}_rebuild", getattr(options, name))
    print(f"{rebuild['rebuild_id']} is {rebuild['state']}")
    return 0


def _status(options: argparse.Namespace) -> int:
    from hp3.installation import calls, show

    with calls() as installation:
        items = installation.ask("audit", "list_rebuilds")["items"]
    if options.json:
        show(items)
        return 0
    for each in items:
        done, total = each["progress"]["events_done"], each["progress"]["events_total"]
        print(
            f"{each['rebuild_id']}  {each['kind']:<8} {each['state']:<10} "
            f"{done:,} of {total:,} events  {each['requested_at']} by {each['requested_by']}"
        )
    if not items:
        print("No rebuild yet. 还没有重建过。")
    return 0


def _follow(options: argparse.Namespace, rebuild_id: str) -> int:
    """Do the work here, unless a worker is at it already; say how far it is until it ends."""
    from hp3.installation import services
    from services.audit.rebuilds import record, work

    line = _Line()
    with services("audit") as opened:
        audit = opened["audit"]

        def look() -> record.Rebuild:
            with audit.database.read() as connection:
                rebuild = record.get(connection, rebuild_id)
                line.say(rebuild.state, record.progress(connection, rebuild))
            return rebuild

        rebuild = look()
        while rebuild.state not in ENDED:
            if not work.work(
                audit.log, audit.application.clock, jobs=options.jobs, tell=lambda _: look()
            ):
                time.sleep(LOOK_SECONDS)
            rebuild = look()
    line.end()
    return _report(options, rebuild)


def _report(options: argparse.Namespace, rebuild: Any) -> int:
    from hp3.installation import show

    report = rebuild.report or {}
    if options.json:
        show({"rebuild_id": rebuild.rebuild_id, "state": rebuild.state, **report})
    else:
        _tell(rebuild, report)
    clean = rebuild.state == "swapped" and report.get("equal", False)
    return 0 if clean else DIFFERENT


def _tell(rebuild: Any, report: Mapping[str, Any]) -> None:
    print(f"{rebuild.rebuild_id}: {rebuild.state}, {report.get('events', 0):,} events")
    for view in report.get("views", ()):
        same = "equal" if view["equal"] else "DIFFERENT"
        print(f"  {view['view']:<16} {view['rows_live']:>7} live, {view['rows_rebuilt']:>7} {same}")
        for partition, key, what in view["different"]:
            print(f"    {partition} {key or '-'}: the live row was {what}")
    for each in report.get("failures", ()):
        error = each["error"] or "waits behind an earlier one of its stream"
        print(f"  not folded: {each['service']} {each['partition']} #{each['seq']}: {error}")
    if rebuild.state == "ready":
        print(f"Make it live with: hp3 rebuild --swap {rebuild.rebuild_id}")
    elif rebuild.state == "swapped" and rebuild.kind == "rebuild":
        print("Undo with: hp3 rebuild --rollback")
    elif rebuild.state in ("paused", "failed"):
        print(f"Go on with: hp3 rebuild --resume {rebuild.rebuild_id}")
    if "error" in report:
        print(f"  {report['error']}  See: hp3 verify")


class _Line:
    """Progress on one line of a terminal, with rate and time left; silent elsewhere."""

    def __init__(self) -> None:
        self._started = time.monotonic()
        self._first: int | None = None
        self._shown = sys.stderr.isatty()

    def say(self, state: str, progress: Progress) -> None:
        done, total = progress.events_done, progress.events_total
        self._first = done if self._first is None else self._first
        rate = (done - self._first) / max(0.001, time.monotonic() - self._started)
        left = f"{(total - done) / rate:,.0f} s left" if rate else "…"
        if self._shown:
            parts = f"{progress.parts_done}/{progress.parts_total} parts"
            told = f"{state}  {done:,}/{total:,} events  {parts}  {rate:,.0f}/s  {left}"
            print(f"\r\x1b[K{told}", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
