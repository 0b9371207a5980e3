"""``hp3 import WHAT``: bring data in."""

from __future__ import annotations

from hp3.commands import Commands, import_log, roster

KINDS = (roster, import_log)


def add_to(commands: Commands) -> None:
    """Add the command with its kinds."""
    importing = commands.add_parser("import", help="bring data in")
    kinds = importing.add_subparsers(required=True, metavar="WHAT")
    for kind in KINDS:
        kind.add_to(kinds)
