"""A school's price per pupil and month."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from contracts import roles
from contracts.fees.vocabulary import MOST_FEN
from contracts.shapes import Fen, Id, Range, command, event, query, reply, request

STATUSES = ("provisional", "approved")
UNITS = ("pupil_month",)


@event
class TariffActivated:
    """A school's price per pupil and month, from the first of a month on (P2-065, P2-066)."""

    school_id: Id
    amount_fen: Fen
    currency: Literal["CNY"] = "CNY"
    unit: Literal["pupil_month"] = "pupil_month"
    effective_from: date
    status: Literal["provisional", "approved"] = "provisional"


@request
class SetTariff:
    """The school's price per pupil and month, from the first day of a month on."""

    school_id: Id
    amount_fen: Annotated[int, Range(1, MOST_FEN)]
    effective_from: date


@request
class GetTariff:
    school_id: Id


@reply
class TariffSet:
    """The price as it now stands in the school's list."""

    school_id: str
    amount_fen: int
    currency: str
    unit: str
    effective_from: str
    status: str


@reply
class Tariff:
    """The price in force today; ``amount_fen`` is None until there is one.

    ``fixed_by_plan``: the plan names the price; else the school sets it, up to ``cap_fen``.
    ``unset`` names the parameters that the bureau has to set first. ``upcoming`` begins later.
    """

    school_id: str
    amount_fen: int | None
    currency: str
    unit: str
    effective_from: str | None
    status: str | None
    fixed_by_plan: bool
    cap_fen: int | None
    unset: tuple[str, ...]
    upcoming: tuple[TariffSet, ...]


GET_TARIFF = query(
    "get_tariff",
    "/schools/{school_id}/tariffs",
    "Show the price in force, and what comes",
    GetTariff,
    Tariff,
    roles=roles.ANYBODY,
)
SET_TARIFF = command(
    "set_tariff",
    "/schools/{school_id}/tariffs",
    "Set the price from a month on",
    SetTariff,
    TariffSet,
    roles=("school_finance",),
)
