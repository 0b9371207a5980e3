"""What safety keeps and does when other services speak."""

from services.safety.projections import facts

FACTS = {
    "SchoolRegistered": [facts.schools.project],
    "PolicyVersionActivated": [facts.policies.project],
    "StaffRegistered": [facts.staff.project],
    "TermOpened": [facts.terms.project],
    "StudentRegistered": [facts.students.project],
    "GuardianLinked": [facts.guardianships.project],
    "GuardianBlocked": [facts.project_block],
    "GuardianUnblocked": [facts.project_block],
}
"""Event type → the rows kept of it."""
