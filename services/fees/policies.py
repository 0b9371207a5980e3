"""What fees keeps and does when other services speak."""

from services.fees.projections import facts
from services.fees.projections import policies as policy_versions

FACTS = {
    "SchoolRegistered": [facts.schools.project],
    "PolicyVersionActivated": [policy_versions.project],
    "StudentRegistered": [facts.students.project],
    "GuardianLinked": [facts.guardianships.project],
    "StudentEnrolled": [facts.project_enrolment],
}
"""Event type → the rows kept of it."""
