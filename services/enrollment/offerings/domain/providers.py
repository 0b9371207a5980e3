"""Who teaches: the school's own staff, or a provider that the school has admitted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.enrollment.offerings.domain import errors

SCHOOL = "school"
"""``taught_by`` where the school's own staff teach."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """What safety told of a provider, looked at ``today``."""

    licence_valid_until: date
    leaves_on: date | None
    today: date


def check_taught_by(taught_by: str, provider: Provider | None) -> None:
    """Check that an outside body may be given an offering.

    Raises:
        ProviderNotAdmitted: never admitted, leaving or gone, or without a valid licence.
    """
    if taught_by == SCHOOL:
        return
    if provider is None:
        raise errors.ProviderNotAdmitted()
    if provider.leaves_on is not None:
        raise errors.ProviderNotAdmitted("removed", leaves_on=provider.leaves_on)
    if provider.licence_valid_until < provider.today:
        raise errors.ProviderNotAdmitted(
            "licence-ended", licence_valid_until=provider.licence_valid_until
        )
