"""Found things."""

import sqlalchemy as sa
from alembic import op

revision = "NEXT"
down_revision = "NEWEST"


def upgrade() -> None:
    op.create_table(
        "found_things",
        sa.Column("thing_id", sa.String(64), primary_key=True),
        sa.Column("school_id", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("found_on", sa.String(10), nullable=False),
    )
    op.create_index("ix_found_things_school_id", "found_things", ["school_id"])
