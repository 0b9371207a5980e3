"""Proofs and checks as operations of audit."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, text

from chassis.clock import Clock
from chassis.eventsourcing.envelope import decode as decoded
from chassis.eventsourcing.handling import CommandHandler, Handles, Reading, Reply
from chassis.eventsourcing.log import EventLog
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.feature import Parts
from chassis.kernel.call import ANONYMOUS, SCHOOL_ROLES, Call
from chassis.kernel.errors import BusinessRuleViolation, NotFound
from chassis.signing import SigningKey
from contracts.audit import proof as said
from contracts.shapes import Nothing
from services.audit.generations import LIVE_ROWS
from services.audit.own_log import own_log
from services.audit.proof import findings, heads, proofs
from services.audit.rows import decode

OF_A_SCHOOL = frozenset({"BreachReported", "ObjectionRaised"})
"""What is said of a school; it does not read by whom, also where that was said by name."""

_SCHOOL = text(
    f"SELECT r.document FROM {LIVE_ROWS} WHERE r.view = 'schools' AND r.partition = :partition"
)
_CHECKED = text("SELECT MIN(checked_at) AS oldest, MAX(checked_at) AS newest FROM scrubbed")


class NothingToSign(NotFound):
    """Nothing has happened there yet."""


class Unnamed(BusinessRuleViolation):
    """Whom it is about must not read when it came, nor what one of the answers said."""

    code = "proof.unnamed"
    kind = "forbidden"


def handles(parts: Parts) -> Handles:
    """Return what is proved and signed with the service's key."""
    key = parts.settings.signing_key

    def sign_tree_head(
        work: UnitOfWork, request: said.SignTreeHead, call: Call
    ) -> Reply[said.TreeHead]:
        in_scope(work.connection, request.partition, call)
        head = heads.sign_in(work.connection, request.partition, key, call.now)
        if head is None:
            raise NothingToSign()
        return Reply(_shown(head, key))

    def list_tree_heads(reading: Reading, request: said.ListTreeHeads) -> said.TreeHeads:
        connection, wanted = reading.connection, request.partition
        if wanted is not None:
            in_scope(connection, wanted, reading.call)
            found = heads.of(connection, wanted)[-request.limit :]
        else:
            names = heads.partitions(connection)
            seen = (name for name in names if _may_see(connection, name, reading.call))
            newest = (heads.newest(connection, name) for name in seen)
            found = [head for head in newest if head is not None]
        shown = tuple(_shown(head, key) for head in found)
        return said.TreeHeads(public_key=key.public.hex(), items=shown)

    return {
        said.SIGN_TREE_HEAD: CommandHandler(sign_tree_head, own_log),
        said.LIST_TREE_HEADS: list_tree_heads,
        said.PROVE_EVENT: prove_event,
        said.PROVE_CONSISTENCY: prove_consistency,
        said.LIST_FINDINGS: list_findings,
    }


def prove_event(reading: Reading, request: said.ProveEvent) -> said.InclusionProof:
    """Return the proof that an event is in the newest signed head."""
    in_scope(reading.connection, request.partition, reading.call)
    seq = int(request.seq) if request.seq.isdigit() else 0
    proof = proofs.inclusion(reading.connection, (request.service, request.partition), seq)
    _check_named(proof["event"], reading.call)
    return said.InclusionProof(**proof)


def prove_consistency(reading: Reading, request: said.ProveConsistency) -> said.ConsistencyProof:
    """Return the proof that one head's logs begin with another's."""
    in_scope(reading.connection, request.partition, reading.call)
    return said.ConsistencyProof(
        **proofs.consistency(reading.connection, request.partition, request.first, request.second)
    )


def list_findings(reading: Reading, _request: Nothing) -> said.Findings:
    """Return what the last looks at the copy found wrong."""
    looked = reading.connection.execute(_CHECKED).one()
    return said.Findings(
        items=tuple(said.Finding(**each) for each in findings.kept(reading.connection)),
        oldest_look=looked.oldest,
        newest_look=looked.newest,
    )


def sign_all(log: EventLog, clock: Clock, key: SigningKey, folder: str) -> int:
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
        raise NotFound("of-another-district")


def _check_named(event: str, call: Call) -> None:
    told, role = decoded(event.encode()), call.principal.role
    unnamed = told["actor"]["account_id"] == ANONYMOUS and role in SCHOOL_ROLES | {"bureau"}
    if unnamed or (told["type"] in OF_A_SCHOOL and role in SCHOOL_ROLES):
        raise Unnamed()


def _may_see(connection: Connection, partition: str, call: Call) -> bool:
    who = call.principal
    if who.role in SCHOOL_ROLES:
        return who.school_id == partition
    if who.role == "bureau":
        row = connection.execute(_SCHOOL, {"partition": partition}).scalar()
        mine = decode(row)["district_id"] if row else partition
        return who.district_id is not None and mine == who.district_id
    return True


def _shown(head: heads.Head, key: SigningKey) -> said.TreeHead:
    return said.TreeHead(
        partition=head.partition,
        number=head.number,
        signed_at=head.signed_at,
        logs=tuple(
            said.TreeLog(service=name, size=size, root=root)
            for name, (size, root) in sorted(head.logs.items())
        ),
        **head.shown(),
        public_key=key.public.hex(),
    )
