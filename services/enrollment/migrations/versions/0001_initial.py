"""The first release's tables, written out: what a later release declares does not change them."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "answers",
        sa.Column("student_id", sa.String(length=64), nullable=False),
        sa.Column("term_id", sa.String(length=64), nullable=False),
        sa.Column("application_id", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("student_id", "term_id"),
    )
    op.create_table(
        "applications",
        sa.Column("application_id", sa.String(length=64), nullable=False),
        sa.Column("school_id", sa.String(length=64), nullable=False),
        sa.Column("student_id", sa.String(length=64), nullable=False),
        sa.Column("term_id", sa.String(length=64), nullable=False),
        sa.Column("guardian_id", sa.String(length=64), nullable=False),
        sa.Column("service_kinds", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("submitted_at", sa.String(length=32), nullable=False),
        sa.Column("publicity_id", sa.String(length=64), nullable=True),
        sa.Column("agreement_version", sa.String(length=40), nullable=True),
        sa.Column("signed_by", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("application_id"),
    )
    op.create_index(
        "applications_of_term", "applications", ["school_id", "term_id", "state"], unique=False
    )
    op.create_index(
        op.f("ix_applications_publicity_id"), "applications", ["publicity_id"], unique=False
    )
    op.create_table(
        "classes",
        sa.Column("class_id", sa.String(length=64), nullable=False),
        sa.Column("school_id", sa.String(length=64), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("class_id"),
    )
    op.create_index(op.f("ix_classes_school_id"), "classes", ["school_id"], unique=False)
    op.create_table(
        "districts",
        sa.Column("district_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("profile", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("effective_from", sa.String(length=10), nullable=False),
        sa.Column("parameters", sa.Text(), nullable=False),
        sa.Column("unset", sa.Text(), nullable=False),
        sa.Column("set_by_bureau", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("district_id"),
    )
    op.create_table(
        "events",
        sa.Column("partition", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.String(length=36), nullable=False),
        sa.Column("stream_id", sa.String(length=160), nullable=False),
        sa.Column("stream_version", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=64), nullable=False),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.Column("occurred_at", sa.String(length=32), nullable=False),
        sa.Column("recorded_at", sa.String(length=32), nullable=False),
        sa.Column("actor_id", sa.String(length=64), nullable=False),
        sa.Column("actor_role", sa.String(length=32), nullable=False),
        sa.Column("correlation_id", sa.String(length=64), nullable=False),
        sa.Column("causation_id", sa.String(length=64), nullable=True),
        sa.Column("policy_profile", sa.String(length=64), nullable=True),
        sa.Column("policy_version", sa.Integer(), nullable=True),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("partition", "seq"),
    )
    op.create_index(
        "events_stream", "events", ["partition", "stream_id", "stream_version"], unique=True
    )
    op.create_table(
        "guardian_marks",
        sa.Column("guardian_id", sa.String(length=64), nullable=False),
        sa.Column("school_id", sa.String(length=64), nullable=False),
        sa.Column("sourced_id", sa.String(length=64), nullable=True),
        sa.Column("contact", sa.String(length=64), nullable=True),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("guardian_id"),
    )
    op.create_index(
        op.f("ix_guardian_marks_school_id"), "guardian_marks", ["school_id"], unique=False
    )
    op.create_table(
        "guardianships",
        sa.Column("student_id", sa.String(length=64), nullable=False),
        sa.Column("guardian_id", sa.String(length=64), nullable=False),
        sa.Column("school_id", sa.String(length=64), nullable=False),
        sa.Column("relation", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("student_id", "guardian_id"),
    )
    op.create_index(
        op.f("ix_guardianships_guardian_id"), "guardianships", ["guardian_id"], unique=False
    )
    op.create_index(
        op.f("ix_guardianships_school_id"), "guardianships", ["school_id"], unique=False
    )
    op.create_table(
        "imports",
        sa.Column("import_id", sa.String(length=64), nullable=False),
        sa.Column("school_id", sa.String(length=64), nullable=False),
        sa.Column("file_kind", sa.String(length=32), nullable=False),
        sa.Column("created", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("import_id"),
    )
    op.create_index(op.f("ix_imports_school_id"), "imports", ["school_id"], unique=False)
    op.create_table(
        "outcomes",
        sa.Column("partition", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("partition", "key"),
    )
    op.create_table(
        "partition_heads",
        sa.Column("partition", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("partition"),
    )
    op.create_table(
        "publicities",
        sa.Column("publicity_id", sa.String(length=64), nullable=False),
        sa.Column("school_id", sa.String(length=64), nullable=False),
        sa.Column("term_id", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("published_on", sa.String(length=10), nullable=False),
        sa.Column("closes_on", sa.String(length=10), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("publicity_id"),
    )
    op.create_index(op.f("ix_publicities_school_id"), "publicities", ["school_id"], unique=False)
    op.create_table(
        "relay_positions",
        sa.Column("partition", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("partition"),
    )
    op.create_table(
        "schools",
        sa.Column("school_id", sa.String(length=64), nullable=False),
        sa.Column("district_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("profile", sa.String(length=64), nullable=False),
        sa.Column("stage", sa.String(length=16), nullable=False),
        sa.Column("area", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("school_id"),
    )
    op.create_index(op.f("ix_schools_district_id"), "schools", ["district_id"], unique=False)
    op.create_table(
        "staff",
        sa.Column("staff_id", sa.String(length=64), nullable=False),
        sa.Column("school_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("staff_id"),
    )
    op.create_index(op.f("ix_staff_school_id"), "staff", ["school_id"], unique=False)
    op.create_table(
        "student_marks",
        sa.Column("student_id", sa.String(length=64), nullable=False),
        sa.Column("school_id", sa.String(length=64), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("sourced_id", sa.String(length=64), nullable=True),
        sa.Column("identity_number", sa.String(length=64), nullable=True),
        sa.Column("student_number", sa.String(length=64), nullable=True),
        sa.Column("likeness", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("student_id"),
    )
    op.create_index(
        op.f("ix_student_marks_school_id"), "student_marks", ["school_id"], unique=False
    )
    op.create_table(
        "students",
        sa.Column("student_id", sa.String(length=64), nullable=False),
        sa.Column("school_id", sa.String(length=64), nullable=False),
        sa.Column("class_id", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("student_id"),
    )
    op.create_index(op.f("ix_students_class_id"), "students", ["class_id"], unique=False)
    op.create_index(op.f("ix_students_school_id"), "students", ["school_id"], unique=False)
    op.create_table(
        "terms",
        sa.Column("term_id", sa.String(length=64), nullable=False),
        sa.Column("school_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("first_day", sa.String(length=10), nullable=False),
        sa.Column("last_day", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("term_id"),
    )
    op.create_index(op.f("ix_terms_school_id"), "terms", ["school_id"], unique=False)
    op.create_table(
        "vault",
        sa.Column("subject_id", sa.String(length=64), nullable=False),
        sa.Column("field", sa.String(length=64), nullable=False),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("subject_id", "field"),
    )
    op.create_table(
        "vault_keys",
        sa.Column("subject_id", sa.String(length=64), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("master_key_id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("subject_id"),
    )
