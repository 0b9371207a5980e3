"""What happens to a proposed policy version. Stored for ever, never refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyVersionProposed:
    """``changes`` are compared with version ``based_on``; the reason is in the vault."""

    district_id: str
    proposal_id: str
    based_on: int
    changes: dict[str, Any]
    effective_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyProposalActivated:
    """It became ``version``; ``PolicyVersionActivated`` says what that version holds."""

    district_id: str
    proposal_id: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyProposalWithdrawn:
    district_id: str
    proposal_id: str


ProposalEvent: TypeAlias = PolicyVersionProposed | PolicyProposalActivated | PolicyProposalWithdrawn
