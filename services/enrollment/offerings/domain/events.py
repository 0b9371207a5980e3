"""What has happened to venues, offerings and their sessions. Stored for ever, never refused."""

from __future__ import annotations

from typing import TypeAlias

from contracts.enrollment.offerings import (
    OfferingAmended,
    OfferingClosed,
    OfferingOpened,
    OfferingProposed,
    OfferingReturned,
)
from contracts.enrollment.session_contents import (
    SessionContentApproved,
    SessionContentReturned,
    SessionContentSubmitted,
    SessionSubstituted,
)

OfferingEvent: TypeAlias = (
    OfferingProposed | OfferingAmended | OfferingReturned | OfferingOpened | OfferingClosed
)


ContentEvent: TypeAlias = (
    SessionContentSubmitted | SessionContentApproved | SessionContentReturned | SessionSubstituted
)
