"""``hp3 verify``: is every event where it was, is every consumer and view complete?"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from typing import Any

from hp3.commands import Commands
from hp3.commands.parked import CONSUMERS

FOUND = 3
"""Exit status when something is wrong."""


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("verify", help="check logs, tree heads, consumers and views")
    parser.add_argument("--school", help="only this school (or district)")
    parser.add_argument("--service", help="only this service's logs")
    parser.add_argument("--quick", action="store_true", help="do not fold the views again")
    parser.add_argument(
        "--copy-only", action="store_true", help="without the owners: for an imported log"
    )
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from hp3.installation import calls, services
    from services.audit.proof import findings, verifying

    with services("audit") as opened:
        audit = opened["audit"]
        assert audit.subscriber is not None
        assert audit.signing_key is not None
        found = verifying.verify(
            audit.database,
            {} if options.copy_only else audit.subscriber.sources,
            audit.signing_key,
            school=options.school,
            service=options.service,
            quick=options.quick,
            tell=_tell,
        )
        with calls() as installation:

            def ask(service: str, query: str, body: Mapping[str, Any]) -> dict[str, Any]:
                return installation.ask(service, query, {}, body)

            for consumer in () if options.service or options.copy_only else CONSUMERS:
                found.consumers += 1
                found.found += verifying.check_consumer(ask, consumer, school=options.school)
        whole = options.school is None and options.service is None and not options.quick
        if whole and not found.found:
            with audit.database.write() as connection:
                findings.clear(connection)
    _report(options, found)
    return FOUND if found.found else 0


def _tell(words: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[K{words}", end="", file=sys.stderr, flush=True)


def _report(options: argparse.Namespace, found: Any) -> None:
    from hp3.installation import show

    _tell("")
    if options.json:
        show(
            {
                "logs": [
                    {
                        "service": log.place[0],
                        "partition": log.place[1],
                        "events": log.events,
                        "root": log.root.hex(),
                        "findings": len(log.found),
                    }
                    for log in found.logs
                ],
                "heads": found.heads,
                "views": found.views,
                "consumers": found.consumers,
                "findings": [each.shown() for each in found.found],
            }
        )
        return
    for log in found.logs:
        state = f"{len(log.found)} FINDINGS" if log.found else "ok"
        print(f"{log.place[0]:<11} {log.place[1]:<38} {log.events:>9,} events  {state}")
    print(f"{found.heads} signed heads, {found.views} views, {found.consumers} consumers checked")
    for each in found.found:
        where = f"{each.service} {each.partition}" + (f" #{each.seq}" if each.seq else "")
        print(f"{each.what.upper()}  {where}: {each.detail}\n    {each.help}")
    if not found.found:
        print("All is well: no event is missing or altered. 一切正常：没有缺失或被改动的事件。")
