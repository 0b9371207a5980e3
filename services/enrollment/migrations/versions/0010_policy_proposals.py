"""Proposed policy versions."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "policy_proposals",
        sa.Column("proposal_id", sa.String(64), nullable=False),
        sa.Column("district_id", sa.String(64), nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("effective_from", sa.String(10), nullable=False),
        sa.Column("standing", sa.String(16), nullable=False),
        sa.Column("proposed_at", sa.String(32), nullable=False),
        sa.Column("settled_at", sa.String(32)),
        sa.Column("version", sa.Integer()),
        sa.PrimaryKeyConstraint("proposal_id"),
    )
    op.create_index("ix_policy_proposals_district_id", "policy_proposals", ["district_id"])
