"""What fees keeps and does when other services speak."""

from services.fees.projections import facts, placements
from services.fees.projections import policies as policy_versions

FACTS = {
    "SchoolRegistered": [facts.schools.project],
    "PolicyVersionActivated": [policy_versions.project],
    "StudentRegistered": [facts.students.project],
    "GuardianLinked": [facts.guardianships.project],
    "StudentEnrolled": [facts.project_enrolment],
    "StudentWithdrawn": [placements.project_withdrawal],
    "EnrolmentSuspended": [placements.project_suspension],
    "EnrolmentResumed": [placements.project_resumption],
    "StudentTransferredOut": [placements.project_transfer],
}
"""Event type → the rows kept of it."""
