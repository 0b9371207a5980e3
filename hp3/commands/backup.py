"""``hp3 backup`` and ``hp3 restore``: the embedded mode's data, and its keys apart."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from hp3.commands import Commands


def add_to(commands: Commands) -> None:
    """Add both commands."""
    backup = commands.add_parser("backup", help="copy the data of hp3 run, while it runs")
    backup.add_argument("--to", type=Path, required=True, metavar="FOLDER")
    backup.set_defaults(run=_backup)
    restore = commands.add_parser("restore", help="put a back-up into an empty HP3_DATA")
    restore.add_argument("--from", dest="source", type=Path, required=True, metavar="FOLDER")
    restore.add_argument("--name", required=True, help="which data part, e.g. 20260901-160000")
    restore.set_defaults(run=_restore)


def _backup(options: argparse.Namespace) -> int:
    from hp3.backup import back_up
    from hp3.installation import data_folder

    _embedded_only()
    name = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    print(f"{back_up(data_folder(), options.to, name)}, keys beside it")
    return 0


def _restore(options: argparse.Namespace) -> int:
    from hp3.backup import restore
    from hp3.installation import data_folder

    _embedded_only()
    restore(options.source, options.name, data_folder())
    print(f"{data_folder()}: restored; start it with: hp3 run")
    return 0


def _embedded_only() -> None:
    from hp3.installation import Refused, in_cluster

    if in_cluster():
        raise Refused("in-a-cluster")
