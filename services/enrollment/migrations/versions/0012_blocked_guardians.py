"""Guardians whom a school keeps from a pupil."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column(
        "guardianships", sa.Column("blocked", sa.Integer(), server_default="0", nullable=False)
    )
