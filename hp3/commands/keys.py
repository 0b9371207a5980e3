"""``hp3 keys``: which master key wraps what, and rotating it."""

from __future__ import annotations

import argparse

from hp3.commands import Commands


def add_to(commands: Commands) -> None:
    """Add the command with its parts."""
    keys = commands.add_parser("keys", help="the master key of personal data")
    parts = keys.add_subparsers(required=True, metavar="WHAT")
    parts.add_parser("status", help="how many keys each master key wraps").set_defaults(run=_status)
    rotate = parts.add_parser("rotate", help="wrap every person's key with the newest master key")
    rotate.set_defaults(run=_rotate)


def _status(_options: argparse.Namespace) -> int:
    from contracts.language import SERVICES
    from hp3.installation import services
    from hp3.rotation import status, vault_of

    with services(*SERVICES) as opened:
        current = vault_of(opened["enrollment"]).master.key_id
        for name, found in status(opened).items():
            told = ", ".join(
                f"{count:,} under {'the current key' if key == current else f'older key {key}'}"
                for key, count in found.items()
            )
            print(f"{name:<11} {told or 'nothing'}")
    return 0


def _rotate(_options: argparse.Namespace) -> int:
    from contracts.language import SERVICES
    from hp3 import keys
    from hp3.installation import data_folder, in_cluster, services
    from hp3.rotation import rotate

    if not in_cluster():
        data = data_folder()
        if not keys.keys_of(data).old_masters:  # else one is under way: go on with it
            keys.new_master(data)
    with services(*SERVICES) as opened:
        for name, count in rotate(opened).items():
            print(f"{name:<11} {count:,} keys wrapped anew")
    if in_cluster():
        print("When every process runs with the new key: run it once more, see hp3 keys status,")
        print("then take HP3_MASTER_KEY_OLD away and destroy the old key.")
    else:
        print("The next start of hp3 run forgets the old key.")
    return 0
