"""``hp3 as-of``: an oversight view as it was at a past instant."""

from __future__ import annotations

import argparse

from hp3.commands import Commands

VIEWS = ("enrollment", "plans", "funds", "custody", "incidents")


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("as-of", help="an oversight view at a past instant")
    parser.add_argument("view", choices=VIEWS)
    parser.add_argument("--at", required=True, help="e.g. 2026-09-01T16:00:00+08:00")
    parser.add_argument("--school", help="one school; its children are named by id then")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from hp3.installation import calls, operator, show

    body = {"as_of": options.at, "school_id": options.school, "limit": 500}
    with calls() as installation:
        show(
            installation.ask(
                "audit", "oversight", {"view": options.view}, body, principal=operator()
            )
        )
    return 0
