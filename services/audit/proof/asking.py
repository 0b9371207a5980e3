"""Proofs and checks as queries and commands of audit."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from chassis.eventsourcing.application import CommandRoute, QueryRoute, Reply, Request
from chassis.eventsourcing.envelope import decode as decoded
from chassis.eventsourcing.log import EventLog
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import ANONYMOUS, SCHOOL_ROLES, Call
from chassis.kernel.errors import BusinessRuleViolation, NotFound
from chassis.signing import SigningKey
from contracts.audit import requests
from services.audit.events import PLATFORM
from services.audit.generations import LIVE_ROWS
from services.audit.proof import findings, heads, proofs
from services.audit.rows import decode

READERS = frozenset({"operator", "bureau", "school_office", "school_finance"})
SIGNERS = frozenset({"operator", "bureau"})
OF_A_SCHOOL = frozenset({"BreachReported", "ObjectionRaised"})
"""What is said of a school; it does not read by whom, also where that was said by name."""

_SCHOOL = text(
    f"SELECT r.document FROM {LIVE_ROWS} WHERE r.view = 'schools' AND r.partition = :partition"
)
_CHECKED = text("SELECT MIN(checked_at) AS oldest, MAX(checked_at) AS newest FROM scrubbed")


class Unnamed(BusinessRuleViolation):
    """Whom it is about must not read when it came, nor what one of the answers said."""

    code = "proof.unnamed"
    kind = "forbidden"


def commands(key: SigningKey) -> Mapping[str, CommandRoute]:
    """Return ``sign_tree_head``."""

    def sign_tree_head(work: UnitOfWork, request: Request, call: Call) -> Reply:
        in_scope(work.connection, request["partition"], call)
        head = heads.sign_in(work.connection, request["partition"], key, call.now)
        if head is None:
            raise NotFound("还没有任何事件，没有可签的。", "There is no event to sign yet.")
        return Reply(_shown(head, key))

    return {
        "sign_tree_head": CommandRoute(
            sign_tree_head, SIGNERS, lambda *_: PLATFORM, requests.SignTreeHead()
        )
    }


def queries(key: SigningKey) -> Mapping[str, QueryRoute]:
    """Return ``list_tree_heads``, ``prove_event``, ``prove_consistency``, ``list_findings``."""

    def list_tree_heads(connection: Connection, request: Request, call: Call) -> dict[str, Any]:
        wanted = request["partition"]
        if wanted is not None:
            in_scope(connection, wanted, call)
            found = heads.of(connection, wanted)[-request["limit"] :]
        else:
            names = [n for n in heads.partitions(connection) if _may_see(connection, n, call)]
            newest = (heads.newest(connection, name) for name in names)
            found = [head for head in newest if head is not None]
        return {"public_key": key.public.hex(), "items": [_shown(head, key) for head in found]}

    def prove_event(connection: Connection, request: Request, call: Call) -> dict[str, Any]:
        in_scope(connection, request["partition"], call)
        seq = str(request["seq"])
        place = request["service"], request["partition"]
        proof = proofs.inclusion(connection, place, int(seq) if seq.isdigit() else 0)
        _check_named(proof["event"], call)
        return proof

    def prove_consistency(connection: Connection, request: Request, call: Call) -> dict[str, Any]:
        in_scope(connection, request["partition"], call)
        return proofs.consistency(
            connection, request["partition"], request["first"], request["second"]
        )

    def list_findings(connection: Connection, _request: Request, _call: Call) -> dict[str, Any]:
        looked = connection.execute(_CHECKED).one()
        return {
            "items": findings.kept(connection),
            "oldest_look": looked.oldest,
            "newest_look": looked.newest,
        }

    return {
        "list_tree_heads": QueryRoute(list_tree_heads, READERS, requests.ListTreeHeads()),
        "prove_event": QueryRoute(prove_event, READERS),
        "prove_consistency": QueryRoute(prove_consistency, READERS, requests.ProveConsistency()),
        "list_findings": QueryRoute(list_findings, frozenset({"operator", "bureau"})),
    }


def sign_all(log: EventLog, clock: Any, key: SigningKey, folder: str) -> int:
    """Sign what is new in every school, and export the heads where a bureau keeps them."""
    with log.database.read() as connection:
        names = heads.with_events(connection)
    signed = 0
    for name in names:
        head = heads.sign(log.database, name, key, clock.now())
        if head is not None and folder:
            with log.database.read() as connection:
                signed += heads.export(Path(folder), heads.of(connection, name))
    return signed


def in_scope(connection: Connection, partition: str, call: Call) -> None:
    """Refuse what the caller may not know of.

    Raises:
        NotFound: another school's or district's log.
    """
    if not _may_see(connection, partition, call):
        raise NotFound("没有找到，或不属于您的区域。", "Not found, or not in your district.")


def _check_named(event: str, call: Call) -> None:
    told, role = decoded(event.encode()), call.principal.role
    unnamed = told["actor"]["account_id"] == ANONYMOUS and role in SCHOOL_ROLES | {"bureau"}
    if unnamed or (told["type"] in OF_A_SCHOOL and role in SCHOOL_ROLES):
        raise Unnamed(
            "这个事件会显示是谁提出的，不对外出示；需要证明时请联系平台运维。",
            "The event would show who spoke; an operator proves it.",
        )


def _may_see(connection: Connection, partition: str, call: Call) -> bool:
    who = call.principal
    if who.role in SCHOOL_ROLES:
        return who.school_id == partition
    if who.role == "bureau":
        row = connection.execute(_SCHOOL, {"partition": partition}).scalar()
        mine = decode(row)["district_id"] if row else partition
        return who.district_id is not None and mine == who.district_id
    return True


def _shown(head: heads.Head, key: SigningKey) -> dict[str, Any]:
    return {
        "partition": head.partition,
        "number": head.number,
        "signed_at": head.signed_at,
        "logs": [
            {"service": name, "size": size, "root": root}
            for name, (size, root) in sorted(head.logs.items())
        ],
        **head.shown(),
        "public_key": key.public.hex(),
    }
