"""What the pick-up list does when enrollment links a guardian, or blocks one."""

from __future__ import annotations

from datetime import datetime

from chassis.eventsourcing.envelope import Event
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import CHINA
from services.attendance.pickup.domain import PICKUP_LIST, AuthoriseGuardian, RevokePickup


def authorise_guardian(work: UnitOfWork, event: Event) -> None:
    """Put a guardian on the pick-up list of the pupil they are linked to."""
    linked = event["data"]
    student_id = linked["student_id"]
    work.execute(
        PICKUP_LIST,
        f"pickup-{student_id}",
        AuthoriseGuardian(
            authorisation_id=work.log.ids(),
            student_id=student_id,
            guardian_id=linked["guardian_id"],
            relation=linked["relation"],
            since=datetime.fromisoformat(event["occurred_at"]).astimezone(CHINA).date(),
        ),
    )


def strike_off_guardian(work: UnitOfWork, event: Event) -> None:
    """Take a blocked guardian off the pick-up list: the school has decided, with proof."""
    blocked = event["data"]
    stream_id = f"pickup-{blocked['student_id']}"
    listed = work.load(PICKUP_LIST, stream_id)
    if blocked["guardian_id"] in listed:
        command = RevokePickup(receiver_id=blocked["guardian_id"], guardian_refused=False)
        work.execute(PICKUP_LIST, stream_id, command, state=listed)
