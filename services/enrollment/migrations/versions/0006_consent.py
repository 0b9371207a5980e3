"""What an application's pupil, class teacher and family said and signed."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("applications", sa.Column("signed_at", sa.String(length=32), nullable=True))
    op.add_column("applications", sa.Column("letter_version", sa.String(length=40), nullable=True))
    op.add_column("applications", sa.Column("plan_version", sa.Integer(), nullable=True))
    op.add_column("applications", sa.Column("pupil_assents", sa.Integer(), nullable=True))
    op.add_column("applications", sa.Column("class_review", sa.String(length=16), nullable=True))
