"""From a family's application to the enrolment, and leaving again."""

from __future__ import annotations

from typing import get_args

from chassis.feature import Feature
from contracts.enrollment.agreements import AgreementSigned, StudentEnrolled
from contracts.enrollment.applications import (
    ApplicationAccepted,
    ApplicationLapsed,
    ApplicationRejected,
    ApplicationSubmitted,
    ParticipationDeclined,
)
from contracts.enrollment.placement import (
    EnrolmentResumed,
    EnrolmentSuspended,
    StudentTransferredOut,
    StudentWithdrawn,
)
from contracts.enrollment.publicity import (
    AcceptedListPublished,
    ListConfirmed,
    ObjectionRaised,
    ObjectionResolved,
)
from services.enrollment.application.domain.consent_events import ConsentEvent
from services.enrollment.application.handlers.agreements import HANDLES as AGREEMENTS
from services.enrollment.application.handlers.applications import HANDLES as APPLICATIONS
from services.enrollment.application.handlers.documents import HANDLES as DOCUMENTS
from services.enrollment.application.handlers.exporting import HANDLES as EXPORTING
from services.enrollment.application.handlers.family import HANDLES as FAMILY
from services.enrollment.application.handlers.placement import HANDLES as PLACEMENT
from services.enrollment.application.handlers.publicity import HANDLES as PUBLICITY
from services.enrollment.application.handlers.reviewing import HANDLES as REVIEWING
from services.enrollment.application.handlers.voluntariness import HANDLES as VOLUNTARINESS
from services.enrollment.application.tables import applications, placements, publicities

FEATURE = Feature(
    handles={
        **AGREEMENTS,
        **APPLICATIONS,
        **DOCUMENTS,
        **EXPORTING,
        **FAMILY,
        **PLACEMENT,
        **PUBLICITY,
        **REVIEWING,
        **VOLUNTARINESS,
    },
    projects={
        ApplicationSubmitted: [applications.project],
        ParticipationDeclined: [applications.project],
        **{event: [applications.project] for event in get_args(ConsentEvent)},
        ApplicationAccepted: [applications.project],
        ApplicationRejected: [applications.project],
        AgreementSigned: [applications.project],
        StudentEnrolled: [applications.project],
        StudentWithdrawn: [placements.project, applications.project],
        EnrolmentSuspended: [placements.project],
        EnrolmentResumed: [placements.project],
        ApplicationLapsed: [applications.project],
        StudentTransferredOut: [placements.project_transfer],
        AcceptedListPublished: [publicities.project, applications.project],
        ObjectionRaised: [publicities.project_objection],
        ObjectionResolved: [publicities.project_objection],
        ListConfirmed: [publicities.project, applications.project],
    },
)
