"""Marks of erasure."""

from chassis.eventsourcing import revisions

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    revisions.erasure_marks()
