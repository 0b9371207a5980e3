"""Objections to publicised lists."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "objections",
        sa.Column("objection_id", sa.String(length=64), nullable=False),
        sa.Column("publicity_id", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.String(length=64), nullable=False),
        sa.Column("raised_at", sa.String(length=32), nullable=False),
        sa.Column("upheld", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("objection_id"),
    )
    op.create_index(
        op.f("ix_objections_publicity_id"), "objections", ["publicity_id"], unique=False
    )
