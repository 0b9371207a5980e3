"""Parked events, digests of checkpoints, marks of erasure."""

from chassis.eventsourcing import revisions

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    revisions.parking_and_digests()
    revisions.erasure_marks()
