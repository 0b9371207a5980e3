"""Fitness of staff, breach reports, and more of enrollment's facts.

Enrollment's events were applied before without keeping these facts: they are heard once more from
the first. Safety only keeps rows of them, newest wins, so that hearing them twice changes nothing.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "staff",
        sa.Column("staff_id", sa.String(64), nullable=False),
        sa.Column("school_id", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("staff_id"),
    )
    op.create_index("ix_staff_school_id", "staff", ["school_id"])
    op.create_table(
        "terms",
        sa.Column("term_id", sa.String(64), nullable=False),
        sa.Column("school_id", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("term_id"),
    )
    op.create_table(
        "students",
        sa.Column("student_id", sa.String(64), nullable=False),
        sa.Column("school_id", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("student_id"),
    )
    op.create_table(
        "guardianships",
        sa.Column("guardian_id", sa.String(64), nullable=False),
        sa.Column("student_id", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("guardian_id", "student_id"),
    )
    op.create_table(
        "screenings",
        sa.Column("staff_id", sa.String(64), nullable=False),
        sa.Column("result", sa.String(16), nullable=False),
        sa.Column("checked_on", sa.String(10), nullable=False),
        sa.Column("valid_until", sa.String(10)),
        sa.PrimaryKeyConstraint("staff_id"),
    )
    op.create_table(
        "responsibility_statements",
        sa.Column("staff_id", sa.String(64), nullable=False),
        sa.Column("term_id", sa.String(64), nullable=False),
        sa.Column("statement_version", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("staff_id", "term_id"),
    )
    op.create_table(
        "breaches",
        sa.Column("breach_id", sa.String(64), nullable=False),
        sa.Column("school_id", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("source_role", sa.String(32), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("occurred_on", sa.String(10)),
        sa.Column("reported_on", sa.String(10), nullable=False),
        sa.PrimaryKeyConstraint("breach_id"),
    )
    op.create_index("ix_breaches_school_id", "breaches", ["school_id"])
    for table in ("parked_events", "verified", "checkpoints"):
        op.execute(f"DELETE FROM {table} WHERE service = 'enrollment'")  # noqa: S608
