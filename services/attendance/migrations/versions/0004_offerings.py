"""Offerings, their places and days; staff; the grade of a class; the session's offering.

Enrollment's events were applied before without keeping these facts: they are heard once more from
the first. Each keeps rows under its own key and a guardian is put on a list once, so that hearing
them twice changes nothing.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "offerings",
        sa.Column("offering_id", sa.String(64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.String(64), nullable=False),
        sa.Column("term_id", sa.String(64), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("service_kind", sa.String(32), nullable=False),
        sa.Column("content_kind", sa.String(32), nullable=False),
        sa.Column("teacher_id", sa.String(64), nullable=False),
        sa.Column("grades", sa.Text(), nullable=False),
        sa.Column("weekdays", sa.Text(), nullable=False),
        sa.Column("starts", sa.String(5), nullable=False),
        sa.Column("ends", sa.String(5), nullable=False),
        sa.Column("standing", sa.String(16), nullable=False),
        sa.Column("by_place", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("offering_id"),
    )
    op.create_index("ix_offerings_school_id", "offerings", ["school_id"])
    op.create_table(
        "session_contents",
        sa.Column("offering_id", sa.String(64), nullable=False),
        sa.Column("held_on", sa.String(10), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("content_kind", sa.String(32), nullable=False),
        sa.Column("teacher_id", sa.String(64), nullable=False),
        sa.Column("review", sa.String(16), nullable=False),
        sa.Column("substituted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("offering_id", "held_on"),
    )
    op.create_table(
        "holders",
        sa.Column("offering_id", sa.String(64), nullable=False),
        sa.Column("student_id", sa.String(64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("holds", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("offering_id", "student_id"),
    )
    op.create_table(
        "staff",
        sa.Column("staff_id", sa.String(64), nullable=False),
        sa.Column("school_id", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("staff_id"),
    )
    op.add_column("classes", sa.Column("grade", sa.Integer()))
    op.add_column("sessions", sa.Column("offering_id", sa.String(64)))
    for table in ("parked_events", "verified", "checkpoints"):
        op.execute(f"DELETE FROM {table} WHERE service = 'enrollment'")  # noqa: S608
