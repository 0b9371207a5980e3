"""What has happened to providers. Past tense; stored for ever, never refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderAdmitted:
    provider_id: str
    school_id: str
    licence_valid_until: date
    agreed_price_fen: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderRemoved:
    provider_id: str
    school_id: str
    effective_on: date


ProviderEvent: TypeAlias = ProviderAdmitted | ProviderRemoved
