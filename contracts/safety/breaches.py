"""Reports that a school does what is forbidden, by name or without."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from contracts import roles
from contracts.shapes import Id, LeftOut, Length, OneOf, Page, command, event, query, reply, request

BREACH_KINDS = (
    "collective_teaching",
    "makeup",
    "new_lesson",
    "drill",
    "teaching_extension",
    "forced_enrolment",
    "arbitrary_charge",
    "bundled_charge",
    "other",
)


@event
class BreachReported:
    """Somebody says that a school does what is forbidden (P1-009, P2-006, P2-010).

    ``anonymous``: the envelope's actor is ``anonymous`` in the reporter's role.
    """

    breach_id: Id
    school_id: Id
    kind: Annotated[str, OneOf(BREACH_KINDS)]
    source_role: str
    anonymous: bool
    occurred_on: Annotated[date, LeftOut()] | None = None


@request(component="safety.ReportBreach")
class ReportBreach:
    """``narrative`` is free text for the bureau; it is kept in the vault, never in an event.

    ``anonymous``: nothing that is stored names the reporter, who should not do so in the text.
    """

    school_id: Id
    kind: Annotated[str, OneOf(BREACH_KINDS)]
    narrative: Annotated[str, Length(1, 4000)]
    occurred_on: date | None = None
    anonymous: bool


@request
class ListBreaches(Page):
    school_id: Id


@reply
class BreachReport:
    """Answer of ``report_breach``."""

    breach_id: str
    school_id: str


@reply
class Breach:
    """``narrative`` and ``source_role`` are null for the school where the report is anonymous."""

    breach_id: str
    school_id: str
    kind: str
    occurred_on: str | None
    reported_on: str
    anonymous: bool
    source_role: str | None
    narrative: str | None


@reply
class Breaches:
    """One page of breaches, newest first; ``next`` goes into ``after``."""

    items: tuple[Breach, ...]
    next: str | None


REPORT_BREACH = command(
    "report_breach",
    "/schools/{school_id}/breaches",
    "Report a breach",
    ReportBreach,
    BreachReport,
    roles=roles.EVERYBODY,
)
LIST_BREACHES = query(
    "list_breaches",
    "/schools/{school_id}/breaches",
    "List the breaches reported of a school, newest first",
    ListBreaches,
    Breaches,
    roles=("school_office", "bureau"),
)
