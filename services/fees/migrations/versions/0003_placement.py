"""The day from which a pupil is withdrawn; suspensions of enrolments."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("enrolments", sa.Column("withdrawn_on", sa.String(length=10), nullable=True))
    op.create_table(
        "suspensions",
        sa.Column("application_id", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("from_on", sa.String(length=10), nullable=False),
        sa.Column("until_on", sa.String(length=10), nullable=True),
        sa.Column("resumed_on", sa.String(length=10), nullable=True),
        sa.PrimaryKeyConstraint("application_id", "seq"),
    )
