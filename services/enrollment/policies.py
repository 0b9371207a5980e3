"""What enrollment keeps when other services speak."""

from services.enrollment.projections import fitness

FACTS = {
    "StaffScreened": [fitness.screenings.project],
    "ResponsibilityStatementSigned": [fitness.statements.project],
}
"""Event type → the rows kept of it."""
