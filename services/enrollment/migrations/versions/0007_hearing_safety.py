"""Enrollment hears safety: how far it is, what is parked, and the fitness of staff."""

import sqlalchemy as sa
from alembic import op

from chassis.eventsourcing import revisions

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "checkpoints",
        sa.Column("service", sa.String(32), nullable=False),
        sa.Column("partition", sa.String(64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("service", "partition"),
    )
    revisions.parking_and_digests()
    op.create_table(
        "staff_screenings",
        sa.Column("staff_id", sa.String(64), nullable=False),
        sa.Column("result", sa.String(16), nullable=False),
        sa.Column("valid_until", sa.String(10)),
        sa.PrimaryKeyConstraint("staff_id"),
    )
    op.create_table(
        "staff_statements",
        sa.Column("staff_id", sa.String(64), nullable=False),
        sa.Column("term_id", sa.String(64), nullable=False),
        sa.Column("statement_version", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("staff_id", "term_id"),
    )
