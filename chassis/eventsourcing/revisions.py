"""Steps that the revisions of several services share. A released step never changes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


def parking_and_digests() -> None:
    """Add parked events, and digests to checkpoints; what was applied before has none."""
    op.add_column(
        "checkpoints", sa.Column("since", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column(
        "checkpoints",
        sa.Column("digest", sa.String(64), nullable=False, server_default="0" * 64),
    )
    op.execute("UPDATE checkpoints SET since = seq")
    op.create_table(
        "parked_events",
        sa.Column("service", sa.String(32), nullable=False),
        sa.Column("partition", sa.String(64), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("stream_id", sa.String(160), nullable=False),
        sa.Column("type", sa.String(64), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text()),
        sa.Column("parked_at", sa.String(32), nullable=False),
        sa.Column("next_try_at", sa.String(32)),
        sa.PrimaryKeyConstraint("service", "partition", "seq"),
    )
    op.create_table(
        "verified",
        sa.Column("service", sa.String(32), nullable=False),
        sa.Column("partition", sa.String(64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("complete", sa.Integer(), nullable=False),
        sa.Column("checked_at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("service", "partition"),
    )
    op.create_index("parked_events_stream", "parked_events", ["service", "partition", "stream_id"])


def erasure_marks() -> None:
    """Let a subject's key row say that the key was destroyed."""
    op.add_column("vault_keys", sa.Column("erased_at", sa.String(32)))
