"""Pupil helpers; the type of a school."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "pupil_helpers",
        sa.Column("term_id", sa.String(length=64), nullable=False),
        sa.Column("student_id", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("term_id", "student_id", "role"),
    )
    op.add_column("schools", sa.Column("school_type", sa.String(length=40), nullable=True))
