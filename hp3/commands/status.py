"""``hp3 status``: how far each consumer is, what is parked, and whether it saw the same."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from hp3.commands import Commands
from hp3.commands.parked import CONSUMERS
from hp3.commands.replay import OWNERS


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("status", help="how far each consumer is, and what is parked")
    parser.add_argument("--json", action="store_true", help="for programs, school by school")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from hp3.installation import calls, show

    with calls() as installation:
        heads = {owner: installation.ask(owner, "read_heads")["heads"] for owner in OWNERS}
        marks = {
            consumer: installation.ask(consumer, "read_checkpoints")["places"]
            for consumer in CONSUMERS
        }
    if options.json:
        show({"heads": heads, "checkpoints": marks})
        return 0
    print(f"{'consumer':<11} {'owner':<11} {'events':>10} {'behind':>9} {'schools':>8} "
          f"{'parked':>7}  same as owner")  # fmt: skip
    for consumer, places in marks.items():
        for owner in sorted({place["service"] for place in places}):
            mine = {p["partition"]: p for p in places if p["service"] == owner}
            print(_line(consumer, owner, heads[owner], mine))
    return 0


def _line(
    consumer: str, owner: str, heads: Mapping[str, int], places: Mapping[str, Mapping[str, Any]]
) -> str:
    behind = {
        partition: head - (places[partition]["seq"] if partition in places else 0)
        for partition, head in heads.items()
    }
    late = [n for n in behind.values() if n > 0]
    parked = sum(place["parked"] for place in places.values())
    told = {place["complete"] for place in places.values()}
    same = "NO: hp3 verify" if False in told else "yes" if told == {True} else "not compared yet"
    return (
        f"{consumer:<11} {owner:<11} {sum(heads.values()):>10,} {sum(late):>9,} {len(late):>8} "
        f"{parked:>7}  {same}"
    )
