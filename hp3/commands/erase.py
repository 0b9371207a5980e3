"""``hp3 erase``: destroy the keys of everything that is stored about a person."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from hp3.commands import Commands

GROUNDS = ("guardian-request", "retention", "court-order", "error")
KINDS = ("student", "guardian", "staff", "receiver", "other")


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("erase", help="erase a person's data for ever")
    parser.add_argument("--school", required=True)
    parser.add_argument("--person", required=True, help="the id of a pupil, guardian, receiver …")
    parser.add_argument("--kind", choices=KINDS, default="student")
    parser.add_argument("--grounds", choices=GROUNDS, required=True)
    parser.add_argument("--reason", required=True, help="goes on record; without the name")
    parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from gateway.erasing import erase
    from hp3.installation import accounts, calls, confirmed, operator

    body = {
        "school_id": options.school,
        "kind": options.kind,
        "grounds": options.grounds,
        "reason": options.reason,
    }
    opened = accounts()
    try:
        with calls() as installation:

            def ask(
                service: str, operation: str, params: Mapping[str, Any], body: Mapping[str, Any]
            ) -> Mapping[str, Any]:
                return installation.ask(service, operation, params, body, principal=operator())

            would = erase(ask, opened, options.person, {**body, "dry_run": True})
            _show(would)
            if options.dry_run or not any(each["subjects"] for each in would["services"]):
                return 0
            if not confirmed("Erase it for ever? 永久删除？", yes=options.yes):
                return 1
            _show(erase(ask, opened, options.person, body))
    finally:
        opened.close()
    print("Back-ups: see docs/operations.md, Erasure. Master key: hp3 keys rotate.")
    return 0


def _show(done: Mapping[str, Any]) -> None:
    for each in done["services"]:
        what = f"{each['subjects']} keys"
        if each["already_erased"]:
            what = "already erased"
        elif not each["subjects"]:
            what = "nothing held"
        elif each["dry_run"]:
            what += " would be destroyed"
        else:
            what += f" destroyed, signed {each['event']['signature'][:16]}…"
        print(f"{each['service']:<11} {what}")
    if done["accounts_closed"]:
        print(f"{done['accounts_closed']} accounts closed")
