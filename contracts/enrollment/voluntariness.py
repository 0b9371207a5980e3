"""Signs that taking part may not have been each family's own choice, for the bureau."""

from __future__ import annotations

from typing import Annotated

from contracts.enrollment.policy import TwoLanguages
from contracts.shapes import Id, OneOf, query, reply, request

ALERTS = ("full_take_up", "burst")


@request
class ListVoluntarinessAlerts:
    term_id: Id


@reply
class VoluntarinessAlert:
    """A sign to ask about, in one class. ``accounts``: how many guardians' accounts applied."""

    kind: Annotated[str, OneOf(ALERTS)]
    class_id: str
    class_name: str
    pupils: int
    applications: int
    accounts: int
    first_at: str
    last_at: str
    text: TwoLanguages


@reply
class VoluntarinessAlerts:
    items: tuple[VoluntarinessAlert, ...]


LIST_VOLUNTARINESS_ALERTS = query(
    "list_voluntariness_alerts",
    "/terms/{term_id}/voluntariness-alerts",
    "List classes where everybody applied, or all at once",
    ListVoluntarinessAlerts,
    VoluntarinessAlerts,
    roles=("bureau",),
)
