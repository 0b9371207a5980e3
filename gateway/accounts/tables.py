"""The gateway's own tables. No personal data but the user names people chose."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, MetaData, String, Table, Text

metadata = MetaData()

accounts = Table(
    "accounts",
    metadata,
    Column("account_id", String(64), primary_key=True),
    Column("username", String(64), nullable=False, unique=True),
    Column("password_hash", String(200), nullable=False),
    Column("role", String(32), nullable=False),
    Column("person_id", String(64)),
    Column("school_id", String(64), index=True),
    Column("district_id", String(64)),
    Column("class_ids", Text, nullable=False),
    Column("password_change_due", Boolean, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("created_at", String(32), nullable=False),
)

login_attempts = Table(
    "login_attempts",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", Integer, nullable=False, index=True),
)
"""Failed logins by a hash of user name and address."""

ended_tokens = Table(
    "ended_tokens",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("forget_at", Integer, nullable=False, index=True),
)
"""Tokens whose owner logged out before they expired."""

reads = Table(
    "reads",
    metadata,
    Column("read_id", String(36), primary_key=True),
    Column("at", String(32), nullable=False),
    Column("account_id", String(64), nullable=False),
    Column("role", String(32), nullable=False),
    Column("operation", String(64), nullable=False),
    Column("subject_kind", String(16), nullable=False),
    Column("subject_id", String(64), nullable=False),
    Column("purpose", String(32), nullable=False),
    Column("request_id", String(64), nullable=False),
)
"""Who read children's data, when, and what for."""

Index("reads_subject", reads.c.subject_id, reads.c.read_id)
