"""What attendance keeps and does when other services speak."""

from __future__ import annotations

from datetime import datetime

from chassis.eventsourcing.envelope import Event
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import CHINA
from services.attendance.domain.commands import AuthoriseGuardian, RevokePickup
from services.attendance.domain.pickup_list import PICKUP_LIST
from services.attendance.projections import facts, holders, offerings, placements


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
    if blocked["guardian_id"] in work.load(PICKUP_LIST, stream_id):
        command = RevokePickup(receiver_id=blocked["guardian_id"], guardian_refused=False)
        work.execute(PICKUP_LIST, stream_id, command)


FACTS = {
    "PolicyVersionActivated": [facts.project_policy],
    "SchoolRegistered": [facts.schools.project],
    "TermOpened": [facts.terms.project],
    "ClassOpened": [facts.classes.project],
    "StaffRegistered": [facts.staff.project],
    "StudentRegistered": [facts.students.project],
    "StudentMoved": [facts.project_move],
    "GuardianLinked": [facts.guardianships.project],
    "GuardianBlocked": [facts.project_block],
    "GuardianUnblocked": [facts.project_block],
    "StudentEnrolled": [facts.project_enrolment],
    "StudentWithdrawn": [placements.project_withdrawal],
    "EnrolmentSuspended": [placements.project_suspension],
    "EnrolmentResumed": [placements.project_resumption],
    "StudentTransferredOut": [placements.project_transfer],
    "OfferingProposed": [offerings.project],
    "OfferingAmended": [offerings.project],
    "OfferingOpened": [offerings.project],
    "OfferingReturned": [offerings.project],
    "OfferingClosed": [offerings.project],
    "SessionContentSubmitted": [offerings.project_content],
    "SessionContentApproved": [offerings.project_content],
    "SessionContentReturned": [offerings.project_content],
    "SessionSubstituted": [offerings.project_content],
    "PlacesFilled": [holders.project],
    "PlaceTaken": [holders.project],
    "PlaceGivenUp": [holders.project],
}
"""Event type → the rows kept of it."""

REACTIONS = {"GuardianLinked": authorise_guardian, "GuardianBlocked": strike_off_guardian}
"""Event type → what attendance does by itself."""
