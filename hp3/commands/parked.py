"""``hp3 parked list|show|retry|discard``: events that a consumer could not apply."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from hp3.commands import Commands

CONSUMERS = ("enrollment", "fees", "attendance", "safety", "audit")


def add_to(commands: Commands) -> None:
    """Add the command with its parts."""
    parked = commands.add_parser("parked", help="events that a consumer could not apply")
    parts = parked.add_subparsers(required=True, metavar="WHAT")
    listing = parts.add_parser("list", help="what is parked, and why")
    listing.add_argument("--consumer", choices=CONSUMERS, help="one consumer; all if not given")
    listing.add_argument("--school", help="only this school (or district)")
    listing.add_argument("--json", action="store_true", help="for programs")
    listing.set_defaults(run=_list)
    for name, help_text, run in (
        ("show", "one event, whole", _show),
        ("retry", "apply it now, and what waits behind it", _retry),
        ("discard", "give it up for ever, and apply what waits behind it", _discard),
    ):
        part = parts.add_parser(name, help=help_text)
        part.add_argument("consumer", choices=CONSUMERS)
        part.add_argument("service", help="the service that published the event")
        part.add_argument("school", help="the school (or district) of the event")
        part.add_argument("seq", type=int, help="its number")
        if name != "show":
            part.add_argument("--reason", required=True, help="goes on record")
            part.add_argument("--dry-run", action="store_true", help="only say what would happen")
            part.add_argument("--yes", action="store_true", help="do not ask")
        part.set_defaults(run=run)


def _list(options: argparse.Namespace) -> int:
    from hp3.installation import calls, show

    found = []
    with calls() as installation:
        for consumer in [options.consumer] if options.consumer else CONSUMERS:
            body = {"partition": options.school, "limit": 1000}
            found.append(installation.ask(consumer, "list_parked", {}, body))
    if options.json:
        show(found)
        return 0
    for each in found:
        for item in each["items"]:
            print(_line(each["consumer"], item))
    total = sum(sum(each["counts"].values()) for each in found)
    print(f"{total} parked. 共 {total} 个。" if total else "Nothing is parked. 没有被搁置的事件。")
    return 0


def _show(options: argparse.Namespace) -> int:
    from hp3.installation import calls, show

    with calls() as installation:
        show(installation.ask(options.consumer, "show_parked", _place(options)))
    return 0


def _retry(options: argparse.Namespace) -> int:
    return _settle(options, "retry_parked", "Apply it now?")


def _discard(options: argparse.Namespace) -> int:
    return _settle(options, "discard_parked", "Give it up for ever?")


def _settle(options: argparse.Namespace, operation: str, question: str) -> int:
    from hp3.installation import calls, confirmed, operator, show

    with calls() as installation:
        place = _place(options)
        item = installation.ask(options.consumer, "show_parked", place)
        print(_line(options.consumer, item))
        if not confirmed(question, yes=options.yes or options.dry_run):
            return 1
        body = {"reason": options.reason, "dry_run": options.dry_run}
        done = installation.ask(options.consumer, operation, place, body, principal=operator())
    show(done)
    return 0 if done["failed"] is None else 3


def _place(options: argparse.Namespace) -> dict[str, Any]:
    return {"service": options.service, "partition": options.school, "seq": str(options.seq)}


def _line(consumer: str, item: Mapping[str, Any]) -> str:
    what = f"{consumer}: {item['service']} {item['partition']} #{item['seq']} {item['type']}"
    if item["state"] == "waiting":
        return f"{what}  waits behind an earlier one of its stream"
    behind = f", {item['behind']} behind it" if item["behind"] else ""
    again = f", next try {item['next_try_at']}" if item["next_try_at"] else ""
    return f"{what}  {item['state']} after {item['attempts']} tries{behind}{again}: {item['error']}"
