"""Who teaches: the school's own staff, or a provider that the school has admitted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.enrollment.domain.offerings import errors

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
        raise errors.ProviderNotAdmitted(
            "本校没有准入这家机构，不能由它授课。请先在学期的“第三方机构”里准入；"
            "刚准入的请稍候片刻再试。",
            "The school has not admitted this provider; admit it under the term's providers "
            "first. If it was just admitted, try again in a moment.",
        )
    if provider.leaves_on is not None:
        raise errors.ProviderNotAdmitted(
            f"这家机构自 {provider.leaves_on} 起退出。请重新准入，或结束该项目、另选授课方。",
            f"This provider is removed from {provider.leaves_on} on. Admit it again, or close the "
            "offering and propose one that others teach.",
        )
    if provider.licence_valid_until < provider.today:
        raise errors.ProviderNotAdmitted(
            f"这家机构的许可已于 {provider.licence_valid_until} 到期。请用有效的许可重新准入。",
            f"This provider's licence ended on {provider.licence_valid_until}; admit it again "
            "with a valid one.",
        )
