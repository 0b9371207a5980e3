"""Providers that schools admit and remove."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "providers",
        sa.Column("school_id", sa.String(64), nullable=False),
        sa.Column("provider_id", sa.String(64), nullable=False),
        sa.Column("licence_valid_until", sa.String(10), nullable=False),
        sa.Column("agreed_price_fen", sa.Integer()),
        sa.Column("admitted_at", sa.String(32), nullable=False),
        sa.Column("leaves_on", sa.String(10)),
        sa.PrimaryKeyConstraint("school_id", "provider_id"),
    )
