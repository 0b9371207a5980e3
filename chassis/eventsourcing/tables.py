"""The tables that every event-sourced service owns. Names and columns are stored for ever."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, String, Table, Text

EVENT_COLUMNS = (
    "partition",
    "seq",
    "event_id",
    "stream_id",
    "stream_version",
    "type",
    "schema_version",
    "occurred_at",
    "recorded_at",
    "actor_id",
    "actor_role",
    "correlation_id",
    "causation_id",
    "policy_profile",
    "policy_version",
    "data",
)


def event_columns() -> list[Column[Any]]:
    """Return an envelope's columns but ``service``; ``data`` is JSON text, kept to the byte."""
    return [
        Column("partition", String(64), primary_key=True),
        Column("seq", Integer, primary_key=True, autoincrement=False),
        Column("event_id", String(36), nullable=False),
        Column("stream_id", String(160), nullable=False),
        Column("stream_version", Integer, nullable=False),
        Column("type", String(64), nullable=False),
        Column("schema_version", Integer, nullable=False),
        Column("occurred_at", String(32), nullable=False),
        Column("recorded_at", String(32), nullable=False),
        Column("actor_id", String(64), nullable=False),
        Column("actor_role", String(32), nullable=False),
        Column("correlation_id", String(64), nullable=False),
        Column("causation_id", String(64)),
        Column("policy_profile", String(64)),
        Column("policy_version", Integer),
        Column("data", Text, nullable=False),
    ]


def declare_log(metadata: MetaData) -> None:
    """Add the log's tables to a service's metadata.

    Every key begins with ``partition``, so that a distributed PostgreSQL keeps one school's
    appends on one shard.
    """
    Table(
        "partition_heads",
        metadata,
        Column("partition", String(64), primary_key=True),
        Column("seq", Integer, nullable=False),
    )
    events = Table("events", metadata, *event_columns())
    Index(
        "events_stream",
        events.c.partition,
        events.c.stream_id,
        events.c.stream_version,
        unique=True,
    )
    Table(
        "outcomes",
        metadata,
        Column("partition", String(64), primary_key=True),
        Column("key", String(200), primary_key=True),
        Column("fingerprint", String(64), nullable=False),
        Column("reply", Text, nullable=False),
    )
    Table(
        "relay_positions",
        metadata,
        Column("partition", String(64), primary_key=True),
        Column("seq", Integer, nullable=False),
    )


def declare_checkpoints(metadata: MetaData) -> None:
    """Add a consumer's tables: how far it is with each log, and the events it could not apply.

    ``digest`` is the sum, modulo 2^256, of the leaf hashes of the events after ``since`` up to
    ``seq``: whatever their order, the same events give the same sum. ``since`` is above 0 only
    where events were applied before there were digests.

    ``verified`` is how far a digest was compared with the owner's, and whether it was the same.

    ``parked_events`` holds failed events and, behind each, the later ones of its stream. A
    checkpoint counts them as accounted for.
    """
    Table(
        "checkpoints",
        metadata,
        Column("service", String(32), primary_key=True),
        Column("partition", String(64), primary_key=True),
        Column("seq", Integer, nullable=False),
        Column("since", Integer, nullable=False, server_default="0"),
        Column("digest", String(64), nullable=False, server_default="0" * 64),
    )
    Table(
        "verified",
        metadata,
        Column("service", String(32), primary_key=True),
        Column("partition", String(64), primary_key=True),
        Column("seq", Integer, nullable=False),
        Column("digest", String(64), nullable=False),
        Column("complete", Integer, nullable=False),
        Column("checked_at", String(32), nullable=False),
    )
    parked = Table(
        "parked_events",
        metadata,
        Column("service", String(32), primary_key=True),
        Column("partition", String(64), primary_key=True),
        Column("seq", Integer, primary_key=True, autoincrement=False),
        Column("stream_id", String(160), nullable=False),
        Column("type", String(64), nullable=False),
        Column("event", Text, nullable=False),
        Column("state", String(16), nullable=False),
        Column("attempts", Integer, nullable=False),
        Column("error", Text),
        Column("parked_at", String(32), nullable=False),
        Column("next_try_at", String(32)),
    )
    Index("parked_events_stream", parked.c.service, parked.c.partition, parked.c.stream_id)


def declare_vault(metadata: MetaData) -> None:
    """Add the tables of personal data: one wrapped key per subject, one row per field.

    An erased subject keeps its row in ``vault_keys``, with an empty key and ``erased_at``.
    """
    Table(
        "vault_keys",
        metadata,
        Column("subject_id", String(64), primary_key=True),
        Column("wrapped_key", LargeBinary, nullable=False),
        Column("master_key_id", String(16), nullable=False),
        Column("erased_at", String(32)),
    )
    Table(
        "vault",
        metadata,
        Column("subject_id", String(64), primary_key=True),
        Column("field", String(64), primary_key=True),
        Column("ciphertext", LargeBinary, nullable=False),
    )
