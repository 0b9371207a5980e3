"""The school-term plan, written rules, filings, volunteers, offerings and places."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "allocation_results",
        sa.Column("allocation_id", sa.String(length=64), nullable=False),
        sa.Column("student_id", sa.String(length=64), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("offering_id", sa.String(length=64), nullable=True),
        sa.Column("choice", sa.Integer(), nullable=True),
        sa.Column("full_before", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("allocation_id", "student_id"),
    )
    op.create_index(
        op.f("ix_allocation_results_student_id"), "allocation_results", ["student_id"], unique=False
    )
    op.create_table(
        "allocations",
        sa.Column("allocation_id", sa.String(length=64), nullable=False),
        sa.Column("term_id", sa.String(length=64), nullable=False),
        sa.Column("seed", sa.String(length=80), nullable=False),
        sa.Column("rule", sa.String(length=16), nullable=False),
        sa.Column("input_sha256", sa.String(length=64), nullable=False),
        sa.Column("pupils", sa.Integer(), nullable=False),
        sa.Column("placed", sa.Integer(), nullable=False),
        sa.Column("allocated_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("allocation_id"),
    )
    op.create_index(op.f("ix_allocations_term_id"), "allocations", ["term_id"], unique=False)
    op.create_table(
        "capacities",
        sa.Column("offering_id", sa.String(length=64), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("offering_id"),
    )
    op.create_table(
        "choices",
        sa.Column("student_id", sa.String(length=64), nullable=False),
        sa.Column("term_id", sa.String(length=64), nullable=False),
        sa.Column("offering_ids", sa.Text(), nullable=False),
        sa.Column("chosen_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("student_id", "term_id"),
    )
    op.create_index(op.f("ix_choices_term_id"), "choices", ["term_id"], unique=False)
    op.create_table(
        "filings",
        sa.Column("term_id", sa.String(length=64), nullable=False),
        sa.Column("filing", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.String(length=64), nullable=False),
        sa.Column("parts", sa.Text(), nullable=False),
        sa.Column("pack_sha256", sa.String(length=64), nullable=False),
        sa.Column("filed_at", sa.String(length=32), nullable=False),
        sa.Column("acknowledged_at", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("term_id", "filing"),
    )
    op.create_index(op.f("ix_filings_school_id"), "filings", ["school_id"], unique=False)
    op.create_table(
        "offerings",
        sa.Column("offering_id", sa.String(length=64), nullable=False),
        sa.Column("school_id", sa.String(length=64), nullable=False),
        sa.Column("term_id", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("service_kind", sa.String(length=32), nullable=False),
        sa.Column("content_kind", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=True),
        sa.Column("teacher_id", sa.String(length=64), nullable=False),
        sa.Column("venue_id", sa.String(length=64), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("grades", sa.Text(), nullable=False),
        sa.Column("weekdays", sa.Text(), nullable=False),
        sa.Column("starts", sa.String(length=5), nullable=False),
        sa.Column("ends", sa.String(length=5), nullable=False),
        sa.Column("provider_of_record", sa.String(length=64), nullable=False),
        sa.Column("taught_by", sa.String(length=64), nullable=False),
        sa.Column("standing", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("offering_id"),
    )
    op.create_index(op.f("ix_offerings_term_id"), "offerings", ["term_id"], unique=False)
    op.create_table(
        "places",
        sa.Column("offering_id", sa.String(length=64), nullable=False),
        sa.Column("student_id", sa.String(length=64), nullable=False),
        sa.Column("standing", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("until", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("offering_id", "student_id"),
    )
    op.create_index(op.f("ix_places_student_id"), "places", ["student_id"], unique=False)
    op.create_index("places_until", "places", ["standing", "until"], unique=False)
    op.create_table(
        "plan_entries",
        sa.Column("term_id", sa.String(length=64), nullable=False),
        sa.Column("proof", sa.String(length=80), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("term_id", "proof"),
    )
    op.create_table(
        "plan_reviews",
        sa.Column("term_id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.String(length=64), nullable=False),
        sa.Column("submitted_at", sa.String(length=32), nullable=False),
        sa.Column("decided_at", sa.String(length=32), nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("documents", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("term_id", "version"),
    )
    op.create_index(op.f("ix_plan_reviews_school_id"), "plan_reviews", ["school_id"], unique=False)
    op.create_table(
        "plans",
        sa.Column("term_id", sa.String(length=64), nullable=False),
        sa.Column("school_id", sa.String(length=64), nullable=False),
        sa.Column("standing", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("in_force", sa.Integer(), nullable=True),
        sa.Column("started_on", sa.String(length=10), nullable=True),
        sa.PrimaryKeyConstraint("term_id"),
    )
    op.create_index(op.f("ix_plans_school_id"), "plans", ["school_id"], unique=False)
    op.create_table(
        "priorities",
        sa.Column("student_id", sa.String(length=64), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("school_id", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("student_id", "category"),
    )
    op.create_index(op.f("ix_priorities_school_id"), "priorities", ["school_id"], unique=False)
    op.create_table(
        "rules",
        sa.Column("school_id", sa.String(length=64), nullable=False),
        sa.Column("document", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("published_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("school_id", "document", "version"),
    )
    op.create_table(
        "session_contents",
        sa.Column("offering_id", sa.String(length=64), nullable=False),
        sa.Column("held_on", sa.String(length=10), nullable=False),
        sa.Column("content_kind", sa.String(length=32), nullable=False),
        sa.Column("teacher_id", sa.String(length=64), nullable=False),
        sa.Column("standing", sa.String(length=16), nullable=False),
        sa.Column("substituted", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("offering_id", "held_on"),
    )
    op.create_table(
        "venues",
        sa.Column("venue_id", sa.String(length=64), nullable=False),
        sa.Column("school_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("equipment", sa.Text(), nullable=False),
        sa.Column("accountable_id", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("venue_id"),
    )
    op.create_index(op.f("ix_venues_school_id"), "venues", ["school_id"], unique=False)
    op.create_table(
        "volunteers",
        sa.Column("staff_id", sa.String(length=64), nullable=False),
        sa.Column("term_id", sa.String(length=64), nullable=False),
        sa.Column("school_id", sa.String(length=64), nullable=False),
        sa.Column("since", sa.String(length=32), nullable=False),
        sa.Column("until", sa.String(length=10), nullable=True),
        sa.PrimaryKeyConstraint("staff_id", "term_id"),
    )
    op.create_index(op.f("ix_volunteers_school_id"), "volunteers", ["school_id"], unique=False)
