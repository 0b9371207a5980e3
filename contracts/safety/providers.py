"""Outside bodies that teach in a school's service: admitted, and removed."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypeAlias

from contracts.shapes import (
    Fen,
    Id,
    Length,
    OneOf,
    Pattern,
    Range,
    command,
    event,
    query,
    reply,
    request,
)

STANDINGS = ("admitted", "licence_ended", "leaving", "removed")
MOST_FEN = 100_000_000
ProviderSlug: TypeAlias = Annotated[
    str,
    Pattern(
        r"\A(?!school\Z)[a-z0-9][a-z0-9-]{0,39}\Z",
        "Lower-case letters, digits and hyphens, and not the word school.",
    ),
]


@event
class ProviderAdmitted:
    """An outside body may teach in a school's service (P1-079, P2-061).

    Each admission takes the place of the one before, and ends a removal.
    """

    provider_id: Id
    school_id: Id
    licence_valid_until: date
    agreed_price_fen: Fen | None


@event
class ProviderRemoved:
    """From a day on it may no longer teach there, until it is admitted again."""

    provider_id: Id
    school_id: Id
    effective_on: date


@request(component="safety.AdmitProvider")
class AdmitProvider:
    """``provider_id`` names one that was admitted before, or is chosen for a new one.

    ``name`` and ``licence_no`` are kept in the vault, never in an event. ``agreed_price_fen`` is
    what the school pays it per session; it collects nothing from families (P2-061).
    """

    school_id: Id
    provider_id: ProviderSlug | None = None
    name: Annotated[str, Length(1, 200)]
    licence_no: Annotated[str, Length(1, 100)]
    licence_valid_until: date
    agreed_price_fen: Annotated[int, Range(0, MOST_FEN)] | None = None


@request(component="safety.RemoveProvider")
class RemoveProvider:
    """``reason`` is free text; it is kept in the vault, never in an event."""

    school_id: Id
    provider_id: Id
    reason: Annotated[str, Length(1, 2000)]
    effective_on: date


@request
class ListProviders:
    school_id: Id


@reply
class ProviderState:
    """``standing``: only an ``admitted`` one may be given new offerings."""

    provider_id: str
    school_id: str
    licence_valid_until: str
    agreed_price_fen: int | None
    leaves_on: str | None
    standing: Annotated[str, OneOf(STANDINGS)]


@reply
class Provider(ProviderState):
    """``reason`` is why it was removed; null while it is not."""

    name: str | None
    licence_no: str | None
    admitted_at: str
    reason: str | None


@reply
class Providers:
    """A school's providers, those that left among them."""

    items: tuple[Provider, ...]


LIST_PROVIDERS = query(
    "list_providers",
    "/schools/{school_id}/providers",
    "List a school's providers, those that left among them",
    ListProviders,
    Providers,
    roles=("school_office", "bureau"),
)
ADMIT_PROVIDER = command(
    "admit_provider",
    "/schools/{school_id}/providers",
    "Admit a provider, also again or under a renewed licence",
    AdmitProvider,
    ProviderState,
    roles=("school_office",),
)
REMOVE_PROVIDER = command(
    "remove_provider",
    "/schools/{school_id}/providers/{provider_id}/remove",
    "Remove a provider from a day on",
    RemoveProvider,
    ProviderState,
    roles=("school_office",),
)
