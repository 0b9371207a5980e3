"""Parked events, digests, generations of views, rebuilds, and a vault for typed reasons."""

import sqlalchemy as sa
from alembic import op

from chassis.eventsourcing import revisions

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    revisions.parking_and_digests()
    op.create_table(
        "vault_keys",
        sa.Column("subject_id", sa.String(64), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("master_key_id", sa.String(16), nullable=False),
        sa.Column("erased_at", sa.String(32)),
        sa.PrimaryKeyConstraint("subject_id"),
    )
    op.create_table(
        "vault",
        sa.Column("subject_id", sa.String(64), nullable=False),
        sa.Column("field", sa.String(64), nullable=False),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("subject_id", "field"),
    )
    _generations()
    _rebuilds()


def _generations() -> None:
    of_a_view = [
        ("view", sa.String(32)),
        ("generation", sa.Integer()),
        ("partition", sa.String(64)),
    ]
    for name, key, rest in (
        ("view_rows", [("key", sa.String(160))], [("document", sa.Text())]),
        (
            "view_positions",
            [],
            [("seq", sa.Integer()), ("count", sa.Integer()), ("digest", sa.String(64))],
        ),
        ("view_snapshots", [("seq", sa.Integer())], [("rows", sa.LargeBinary())]),
    ):
        keys = [*of_a_view, *key]
        op.create_table(
            name,
            *(sa.Column(column, kind, nullable=False) for column, kind in [*keys, *rest]),
            sa.PrimaryKeyConstraint(*(column for column, _ in keys)),
        )
    op.create_table(
        "view_generations",
        sa.Column("view", sa.String(32), nullable=False),
        sa.Column("live", sa.Integer(), nullable=False),
        sa.Column("previous", sa.Integer()),
        sa.PrimaryKeyConstraint("view"),
    )
    op.execute(
        "INSERT INTO view_rows (view, generation, partition, key, document) "
        "SELECT view, 1, partition, key, document FROM oversight_rows"
    )
    op.drop_table("oversight_rows")
    op.drop_table("oversight_shadow")


def _rebuilds() -> None:
    op.create_table(
        "rebuilds",
        sa.Column("rebuild_id", sa.String(36), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("views", sa.Text(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("swap", sa.Integer(), nullable=False),
        sa.Column("jobs", sa.Integer(), nullable=False),
        sa.Column("requested_by", sa.String(64), nullable=False),
        sa.Column("requested_at", sa.String(32), nullable=False),
        sa.Column("started_at", sa.String(32)),
        sa.Column("finished_at", sa.String(32)),
        sa.Column("report", sa.Text()),
        sa.PrimaryKeyConstraint("rebuild_id"),
    )
    op.create_table(
        "rebuild_parts",
        sa.Column("rebuild_id", sa.String(36), nullable=False),
        sa.Column("service", sa.String(32), nullable=False),
        sa.Column("partition", sa.String(64), nullable=False),
        sa.Column("head", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("rebuild_id", "service", "partition"),
    )
