"""What happens to a proposed policy version. Stored for ever, never refused."""

from __future__ import annotations

from typing import TypeAlias

from contracts.enrollment.policy import (
    PolicyProposalActivated,
    PolicyProposalWithdrawn,
    PolicyVersionProposed,
)

ProposalEvent: TypeAlias = PolicyVersionProposed | PolicyProposalActivated | PolicyProposalWithdrawn
