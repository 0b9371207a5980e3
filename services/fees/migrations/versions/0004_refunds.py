"""Refunds; which charge a payment was for, and which charges are asked back."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "refunds",
        sa.Column("refund_id", sa.String(length=64), nullable=False),
        sa.Column("school_id", sa.String(length=64), nullable=False),
        sa.Column("student_id", sa.String(length=64), nullable=False),
        sa.Column("charge_id", sa.String(length=64), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("amount_fen", sa.Integer(), nullable=False),
        sa.Column("lapsed_fen", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("cause", sa.String(length=32), nullable=False),
        sa.Column("requested_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("refund_id"),
    )
    op.create_index("refunds_of_student", "refunds", ["student_id", "refund_id"])
    op.add_column("charges", sa.Column("refund_id", sa.String(length=64), nullable=True))
    op.add_column("payments", sa.Column("charge_id", sa.String(length=64), nullable=True))
    op.execute(
        "UPDATE payments SET charge_id = (SELECT c.charge_id FROM charges c "
        "WHERE c.student_id = payments.student_id AND c.month = payments.month)"
    )
