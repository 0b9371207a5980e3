"""What safety keeps and does when other services speak."""

from services.safety.projections import facts

FACTS = {
    "SchoolRegistered": [facts.schools.project],
    "PolicyVersionActivated": [facts.policies.project],
}
"""Event type → the rows kept of it."""
