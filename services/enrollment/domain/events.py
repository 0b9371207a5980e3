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
from contracts.enrollment.people import (
    GuardianBlocked,
    GuardianLinked,
    GuardianUnblocked,
    StudentDetailsChanged,
    StudentMoved,
    StudentRegistered,
)
from contracts.enrollment.placement import StudentTransferredOut
from contracts.enrollment.policy import DistrictRegistered, PolicyVersionActivated
from contracts.enrollment.publicity import (
    AcceptedListPublished,
    ListConfirmed,
    ObjectionRaised,
    ObjectionResolved,
)
from contracts.enrollment.schools import ClassOpened, SchoolRegistered, TermOpened
from services.enrollment.domain.consent_events import ConsentEvent
from services.enrollment.domain.placement_events import PlacementEvent

PolicyEvent: TypeAlias = DistrictRegistered | PolicyVersionActivated


SchoolEvent: TypeAlias = SchoolRegistered | ClassOpened | TermOpened


StudentEvent: TypeAlias = (
    GuardianBlocked
    | GuardianUnblocked
    | StudentRegistered
    | StudentMoved
    | StudentDetailsChanged
    | GuardianLinked
    | StudentTransferredOut
)


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
