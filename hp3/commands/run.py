"""``hp3 run``: serve everything in one process, with sample data."""

from __future__ import annotations

import argparse
import os

from hp3.commands import Commands


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("run", help="serve everything in one process, with sample data")
    parser.set_defaults(run=_run)


def _run(_options: argparse.Namespace) -> int:
    from hp3.installation import data_folder
    from hp3.server import serve

    return serve(
        data_folder(),
        port=int(os.environ.get("PORT") or 8000),
        clock=os.environ.get("HP3_CLOCK"),
        with_sample=os.environ.get("HP3_SAMPLE", "yes") != "no",
    )
