"""Proof that no event is missing or altered: signed tree heads, proofs, findings."""

from __future__ import annotations

from typing import Annotated

from contracts.shapes import Id, Nothing, Range, command, query, reply, request


@request
class SignTreeHead:
    """Which school's (or district's) log to sign now."""

    partition: Id


@request
class ListTreeHeads:
    """The heads of one school, the newest ``limit``; without it the newest of each."""

    partition: Id | None = None
    limit: Annotated[int, Range(1, 10000)] = 1000


@request
class ProveConsistency:
    """The numbers of two heads of a school."""

    partition: Id
    first: Annotated[int, Range(1, 2**31 - 1)]
    second: Annotated[int, Range(1, 2**31 - 1)]


@request
class ProveEvent:
    service: Id
    partition: Id
    seq: Id


@reply
class TreeLog:
    """One log under a head: how many events, and the root of its tree."""

    service: str
    size: int
    root: str


@reply
class SignedHead:
    """A signed tree head as it travels: the ``signature`` (base64) is over the ``document``."""

    document: str
    signature: str
    key_id: str


@reply
class TreeHead(SignedHead):
    """A signed tree head of a school."""

    partition: str
    number: int
    signed_at: str
    logs: tuple[TreeLog, ...]
    public_key: str


@reply
class TreeHeads:
    """Signed tree heads, and the public key (hex) to check them with."""

    public_key: str
    items: tuple[TreeHead, ...]


@reply
class InclusionProof:
    """That one event is in its log, under the school's newest signed head."""

    format: str
    service: str
    partition: str
    seq: int
    event: str
    path: tuple[str, ...]
    head: SignedHead


@reply
class ConsistencyProof:
    """That the second head only adds to the first."""

    format: str
    partition: str
    paths: dict[str, tuple[str, ...]]
    first: SignedHead
    second: SignedHead


@reply
class Finding:
    """Something that a check found wrong, and what helps."""

    what: str
    service: str
    partition: str
    seq: int
    detail: str
    help: str
    found_at: str


@reply
class Findings:
    """What the continuous checks found, and when they looked."""

    items: tuple[Finding, ...]
    oldest_look: str | None
    newest_look: str | None


LIST_TREE_HEADS = query(
    "list_tree_heads",
    "/proof/tree-heads",
    "List signed tree heads",
    ListTreeHeads,
    TreeHeads,
    roles=("school_office", "school_finance", "bureau", "operator"),
)
SIGN_TREE_HEAD = command(
    "sign_tree_head",
    "/proof/tree-heads",
    "Sign a school's log as it is now",
    SignTreeHead,
    TreeHead,
    roles=("bureau", "operator"),
)
PROVE_EVENT = query(
    "prove_event",
    "/proof/events/{service}/{partition}/{seq}",
    "Prove that an event is in the signed log",
    ProveEvent,
    InclusionProof,
    roles=("school_office", "school_finance", "bureau", "operator"),
)
PROVE_CONSISTENCY = query(
    "prove_consistency",
    "/proof/consistency/{partition}",
    "Prove that a head only adds to an earlier one",
    ProveConsistency,
    ConsistencyProof,
    roles=("school_office", "school_finance", "bureau", "operator"),
)
LIST_FINDINGS = query(
    "list_findings",
    "/proof/findings",
    "List what the continuous checks found wrong",
    Nothing,
    Findings,
    roles=("bureau", "operator"),
)
