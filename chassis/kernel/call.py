"""Who calls, when, and under which request: what every command and query arrives with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone

from chassis.kernel.errors import NotFound, NotPermitted

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
"""The one civil time of both plans. China has had no daylight saving since 1991."""

SCHOOL_ROLES = frozenset({"teacher", "gate_guard", "school_office", "school_finance"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """An account acting in one role; ``person_id`` is the guardian or staff member behind it."""

    account_id: str
    role: str
    person_id: str | None = None
    school_id: str | None = None
    district_id: str | None = None
    class_ids: tuple[str, ...] = ()


SYSTEM = Principal(account_id="system", role="system")
ANONYMOUS = "anonymous"
"""The account on record where the caller asked not to be named; the role stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request: the principal, the instant it is decided at, and its identifiers."""

    principal: Principal
    now: datetime
    correlation_id: str = ""
    causation_id: str | None = None
    idempotency_key: str | None = None
    if_match: int | None = None
    policy: tuple[str, int] | None = field(default=None)

    @property
    def today(self) -> date:
        """The calendar day at the school."""
        return self.now.astimezone(CHINA).date()

    def require_role(self, *roles: str) -> None:
        """Raise NotPermitted unless the caller acts in one of ``roles`` (the system always may)."""
        if self.principal.role not in roles and self.principal.role != "system":
            raise NotPermitted(role=self.principal.role, needed=sorted(roles))

    def require_school(self, school_id: str) -> None:
        """Raise NotFound when a school's own account reaches for another school."""
        role = self.principal.role
        if role in SCHOOL_ROLES and self.principal.school_id != school_id:
            raise NotFound("of-another-school")

    def require_district(self, district_id: str) -> None:
        """Raise NotFound when a bureau account reaches for another district."""
        if self.principal.role == "bureau" and self.principal.district_id != district_id:
            raise NotFound("of-another-district")
