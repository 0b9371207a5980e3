"""Enrollment hears from safety which outside bodies may teach at a school."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "providers",
        sa.Column("school_id", sa.String(64), nullable=False),
        sa.Column("provider_id", sa.String(64), nullable=False),
        sa.Column("licence_valid_until", sa.String(10), nullable=False),
        sa.Column("leaves_on", sa.String(10)),
        sa.PrimaryKeyConstraint("school_id", "provider_id"),
    )
