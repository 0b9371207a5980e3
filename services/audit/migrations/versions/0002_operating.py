"""Parked events, digests of checkpoints, and a vault for what operators type."""

import sqlalchemy as sa
from alembic import op

from chassis.eventsourcing import revisions

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    revisions.parking_and_digests()
    op.create_table(
        "vault_keys",
        sa.Column("subject_id", sa.String(64), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("master_key_id", sa.String(16), nullable=False),
        sa.Column("erased_at", sa.String(32)),
        sa.PrimaryKeyConstraint("subject_id"),
    )
    op.create_table(
        "vault",
        sa.Column("subject_id", sa.String(64), nullable=False),
        sa.Column("field", sa.String(64), nullable=False),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("subject_id", "field"),
    )
