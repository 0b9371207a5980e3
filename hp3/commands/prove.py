"""``hp3 prove``: signed tree heads, and proofs that anybody can verify (tools/hp3_verify.py)."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hp3.commands import Commands


def add_to(commands: Commands) -> None:
    """Add the command with its parts."""
    prove = commands.add_parser("prove", help="signed tree heads and proofs for auditors")
    parts = prove.add_subparsers(required=True, metavar="WHAT")
    head = parts.add_parser("head", help="sign a school's log as it is now")
    head.add_argument("--school", required=True)
    head.set_defaults(run=_head)
    heads = parts.add_parser("heads", help="all signed heads of a school, for a bureau to keep")
    heads.add_argument("--school", required=True)
    heads.set_defaults(run=_heads)
    event = parts.add_parser("event", help="that an event is in the signed log")
    event.add_argument("--service", required=True)
    event.add_argument("--school", required=True)
    event.add_argument("--seq", type=int, required=True)
    event.set_defaults(run=_event)
    consistency = parts.add_parser("consistency", help="that a head only adds to an earlier one")
    consistency.add_argument("--school", required=True)
    consistency.add_argument("--from", dest="first", type=int, required=True, metavar="NUMBER")
    consistency.add_argument("--to", dest="second", type=int, required=True, metavar="NUMBER")
    consistency.set_defaults(run=_consistency)
    key = parts.add_parser("key", help="the public key that a bureau keeps")
    key.set_defaults(run=_key)
    for part in (head, heads, event, consistency):
        part.add_argument("--out", type=Path, help="a file; the screen if not given")


def _head(options: argparse.Namespace) -> int:
    from hp3.installation import operator

    body = {"partition": options.school}
    head = _ask("sign_tree_head", {}, body, principal=operator())
    return _write(options, [_travelling(head)])


def _heads(options: argparse.Namespace) -> int:
    body = {"partition": options.school, "limit": 10_000}
    found = _ask("list_tree_heads", {}, body)["items"]
    return _write(options, [_travelling(head) for head in found])


def _event(options: argparse.Namespace) -> int:
    place = {"service": options.service, "partition": options.school, "seq": str(options.seq)}
    return _write(options, [_ask("prove_event", place)])


def _consistency(options: argparse.Namespace) -> int:
    body = {"first": options.first, "second": options.second}
    return _write(options, [_ask("prove_consistency", {"partition": options.school}, body)])


def _key(_options: argparse.Namespace) -> int:
    print(_ask("list_tree_heads")["public_key"])
    return 0


def _ask(
    operation: str,
    params: Mapping[str, Any] | None = None,
    body: Mapping[str, Any] | None = None,
    **who: Any,
) -> dict[str, Any]:
    from hp3.installation import calls

    with calls() as installation:
        return installation.ask("audit", operation, params, body or {}, **who)


def _travelling(head: Mapping[str, Any]) -> dict[str, Any]:
    return {name: head[name] for name in ("document", "signature", "key_id")}


def _write(options: argparse.Namespace, documents: Sequence[Mapping[str, Any]]) -> int:
    text = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in documents)
    if options.out is None:
        sys.stdout.write(text)
    else:
        options.out.write_text(text, encoding="utf-8")
        print(f"{options.out}: {len(documents)} written", file=sys.stderr)
    return 0
