"""What has happened in enrollment. Past tense; stored for ever, never refused."""

from __future__ import annotations

from typing import TypeAlias

from contracts.enrollment.agreements import AgreementSigned, StudentEnrolled
from contracts.enrollment.applications import (
    ApplicationAccepted,
    ApplicationLapsed,
    ApplicationRejected,
    ApplicationSubmitted,
    ParticipationDeclined,
)
from contracts.enrollment.publicity import (
    AcceptedListPublished,
    ListConfirmed,
    ObjectionRaised,
    ObjectionResolved,
)
from services.enrollment.application.domain.consent_events import ConsentEvent
from services.enrollment.application.domain.placement_events import PlacementEvent

ApplicationEvent: TypeAlias = (
    ApplicationSubmitted
    | ParticipationDeclined
    | ApplicationAccepted
    | ApplicationRejected
    | AgreementSigned
    | StudentEnrolled
    | PlacementEvent
    | ApplicationLapsed
    | ConsentEvent
)


PublicityEvent: TypeAlias = (
    AcceptedListPublished | ListConfirmed | ObjectionRaised | ObjectionResolved
)
