"""What has happened to providers. Past tense; stored for ever, never refused."""

from __future__ import annotations

from typing import TypeAlias

from contracts.safety.providers import ProviderAdmitted, ProviderRemoved

ProviderEvent: TypeAlias = ProviderAdmitted | ProviderRemoved
