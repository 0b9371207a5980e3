"""What enrollment keeps when other services speak."""

from services.enrollment.projections import fitness, providers

FACTS = {
    "StaffScreened": [fitness.screenings.project],
    "ResponsibilityStatementSigned": [fitness.statements.project],
    "ProviderAdmitted": [providers.project],
    "ProviderRemoved": [providers.project],
}
"""Event type → the rows kept of it."""
