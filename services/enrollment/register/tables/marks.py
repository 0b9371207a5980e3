"""By what a pupil and a guardian are recognised in the next roster: keyed hashes, nothing else.

Identity numbers are kept nowhere but here, and only so. These are an import's own tables, not read
models of events: a hash of personal data has no place in a log that is kept for ever.
"""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table

from services.enrollment.schema import metadata

student_marks = Table(
    "student_marks",
    metadata,
    Column("student_id", String(64), primary_key=True),
    Column("school_id", String(64), nullable=False, index=True),
    Column("ordinal", Integer, nullable=False),
    Column("sourced_id", String(64)),
    Column("identity_number", String(64)),
    Column("student_number", String(64)),
    Column("likeness", String(64), nullable=False),
)
"""``likeness`` is the name; ``ordinal`` is the order in which they were imported."""

guardian_marks = Table(
    "guardian_marks",
    metadata,
    Column("guardian_id", String(64), primary_key=True),
    Column("school_id", String(64), nullable=False, index=True),
    Column("sourced_id", String(64)),
    Column("contact", String(64)),
    Column("name", String(64), nullable=False),
)
"""``contact`` is name and phone."""
