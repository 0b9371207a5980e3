"""Notices and their receipts, surveys and their answers, opinions and improvements."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "notices",
        sa.Column("notice_id", sa.String(length=64), nullable=False),
        sa.Column("school_id", sa.String(length=64), nullable=False),
        sa.Column("term_id", sa.String(length=64), nullable=False),
        sa.Column("audience", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("published_at", sa.String(length=32), nullable=False),
        sa.Column("recipients", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("notice_id"),
    )
    op.create_index(op.f("ix_notices_school_id"), "notices", ["school_id"], unique=False)
    op.create_table(
        "notice_reads",
        sa.Column("notice_id", sa.String(length=64), nullable=False),
        sa.Column("reader_id", sa.String(length=64), nullable=False),
        sa.Column("read_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("notice_id", "reader_id"),
    )
    op.create_table(
        "surveys",
        sa.Column("survey_id", sa.String(length=64), nullable=False),
        sa.Column("school_id", sa.String(length=64), nullable=False),
        sa.Column("term_id", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("audience", sa.String(length=16), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("offering_id", sa.String(length=64), nullable=True),
        sa.Column("questions", sa.Text(), nullable=False),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.String(length=32), nullable=False),
        sa.Column("closed_at", sa.String(length=32), nullable=True),
        sa.Column("answers", sa.Integer(), nullable=True),
        sa.Column("invited", sa.Integer(), nullable=True),
        sa.Column("response_rate_bp", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("survey_id"),
    )
    op.create_index("surveys_of_term", "surveys", ["school_id", "term_id"], unique=False)
    op.create_table(
        "survey_answers",
        sa.Column("survey_id", sa.String(length=64), nullable=False),
        sa.Column("respondent", sa.String(length=64), nullable=False),
        sa.Column("answer_id", sa.String(length=64), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=True),
        sa.Column("said", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("survey_id", "respondent"),
    )
    op.create_index(
        op.f("ix_survey_answers_respondent"), "survey_answers", ["respondent"], unique=False
    )
    op.create_table(
        "opinions",
        sa.Column("opinion_id", sa.String(length=64), nullable=False),
        sa.Column("school_id", sa.String(length=64), nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("guardian_id", sa.String(length=64), nullable=True),
        sa.Column("received_at", sa.String(length=32), nullable=False),
        sa.Column("answered_at", sa.String(length=32), nullable=True),
        sa.Column("improvement_id", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("opinion_id"),
    )
    op.create_index(op.f("ix_opinions_school_id"), "opinions", ["school_id"], unique=False)
    op.create_index(op.f("ix_opinions_guardian_id"), "opinions", ["guardian_id"], unique=False)
    op.create_index(
        op.f("ix_opinions_improvement_id"), "opinions", ["improvement_id"], unique=False
    )
    op.create_table(
        "improvements",
        sa.Column("improvement_id", sa.String(length=64), nullable=False),
        sa.Column("school_id", sa.String(length=64), nullable=False),
        sa.Column("survey_id", sa.String(length=64), nullable=True),
        sa.Column("published_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("improvement_id"),
    )
    op.create_index(op.f("ix_improvements_school_id"), "improvements", ["school_id"], unique=False)
