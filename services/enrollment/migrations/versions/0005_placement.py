"""Placements: withdrawals and suspensions; the day a pupil leaves the school."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("students", sa.Column("left_on", sa.String(length=10), nullable=True))
    op.create_table(
        "placements",
        sa.Column("application_id", sa.String(length=64), nullable=False),
        sa.Column("student_id", sa.String(length=64), nullable=False),
        sa.Column("term_id", sa.String(length=64), nullable=False),
        sa.Column("withdrawn_on", sa.String(length=10), nullable=True),
        sa.Column("suspended_from", sa.String(length=10), nullable=True),
        sa.Column("suspended_until", sa.String(length=10), nullable=True),
        sa.Column("resumed_on", sa.String(length=10), nullable=True),
        sa.PrimaryKeyConstraint("application_id"),
    )
    op.create_index(op.f("ix_placements_student_id"), "placements", ["student_id"], unique=False)
