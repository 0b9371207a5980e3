"""``hp3 replay``: deliver stored events again, to one consumer only."""

from __future__ import annotations

import argparse

from hp3.commands import Commands
from hp3.commands.parked import CONSUMERS

OWNERS = ("enrollment", "fees", "attendance", "safety", "audit")


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("replay", help="deliver stored events again to one consumer only")
    parser.add_argument("--service", required=True, choices=OWNERS, help="whose events")
    parser.add_argument("--school", required=True, help="of which school (or district)")
    parser.add_argument("--from", dest="first", type=int, required=True, metavar="SEQ")
    parser.add_argument("--to", dest="last", type=int, required=True, metavar="SEQ")
    parser.add_argument("--consumer", required=True, choices=CONSUMERS, help="to whom")
    parser.add_argument(
        "--again", action="store_true", help="also what it has applied, to restore lost rows"
    )
    parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
    parser.add_argument("--reason", default="replay by hand", help="goes on record")
    parser.add_argument("--json", action="store_true", help="every event, for programs")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from hp3.installation import calls, operator, show

    body = {
        "from_seq": options.first,
        "to_seq": options.last,
        "again": options.again,
        "dry_run": options.dry_run,
        "reason": options.reason,
    }
    place = {"service": options.service, "partition": options.school}
    with calls() as installation:
        done = installation.ask(options.consumer, "replay", place, body, principal=operator())
    if options.json:
        show(done)
    else:
        told = ", ".join(f"{count} {what}" for what, count in sorted(done["counts"].items()))
        would = "would be: " if done["dry_run"] else ""
        print(f"{options.consumer}: {would}{told}; its checkpoint is {done['checkpoint']}")
        for seq, outcome in done["outcomes"].items():
            if outcome.startswith("failed"):
                print(f"  #{seq} {outcome}")
    return 3 if done["counts"].get("failed") else 0
