"""Enrollment: what it can be asked, what it keeps of others, what it does by itself."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.feature import Definition, Feature
from chassis.kernel.call import Call
from contracts.enrollment.agreements import AgreementSigned, StudentEnrolled
from contracts.enrollment.applications import (
    ApplicationAccepted,
    ApplicationLapsed,
    ApplicationRejected,
    ApplicationSubmitted,
    ParticipationDeclined,
)
from contracts.enrollment.filing import RuleVersionPublished
from contracts.enrollment.imports import RosterImported
from contracts.enrollment.notices import NoticePublished, NoticeRead
from contracts.enrollment.offerings import VenueRegistered
from contracts.enrollment.opinions import ImprovementPublished, OpinionAnswered, OpinionReceived
from contracts.enrollment.people import GuardianBlocked, GuardianUnblocked
from contracts.enrollment.placement import (
    EnrolmentResumed,
    EnrolmentSuspended,
    StudentTransferredOut,
    StudentWithdrawn,
)
from contracts.enrollment.places import OfferingsChosen, PlacesAllocated, PriorityGranted
from contracts.enrollment.policy import DistrictRegistered, PolicyVersionActivated
from contracts.enrollment.publicity import (
    AcceptedListPublished,
    ListConfirmed,
    ObjectionRaised,
    ObjectionResolved,
)
from contracts.enrollment.schools import ClassOpened, SchoolRegistered, StaffRegistered, TermOpened
from contracts.enrollment.surveys import SurveyAnswered, SurveyClosed, SurveyOpened
from contracts.safety.fitness import ResponsibilityStatementSigned, StaffScreened
from contracts.safety.providers import ProviderAdmitted, ProviderRemoved
from services.enrollment import handlers, migrations
from services.enrollment.domain.consent_events import ConsentEvent
from services.enrollment.domain.helpers import HelperEvent
from services.enrollment.domain.offerings.events import ContentEvent, OfferingEvent
from services.enrollment.domain.places.events import PlacesEvent
from services.enrollment.domain.plan import events as plan_events
from services.enrollment.domain.proposal_events import ProposalEvent
from services.enrollment.domain.staffing.volunteering import VolunteerEvent
from services.enrollment.handlers.erasing import PERSON
from services.enrollment.handlers.places import expiring
from services.enrollment.projections import (
    applications,
    filings,
    fitness,
    helpers,
    imports,
    notices,
    offerings,
    opinions,
    people,
    placements,
    places,
    plans,
    policies,
    proposals,
    providers,
    publicities,
    schools,
    surveys,
)


def _under_policy(work: UnitOfWork, call: Call) -> Call:
    school = schools.school(work.connection, work.partition)
    district_id = school["district_id"] if school else work.partition
    policy = policies.version_of(work.connection, district_id)
    return replace(call, policy=policy) if policy else call


ENROLLMENT = Feature(
    handles=handlers.HANDLES,
    projects={
        DistrictRegistered: [policies.project],
        PolicyVersionActivated: [policies.project],
        **{event: [proposals.project] for event in get_args(ProposalEvent)},
        SchoolRegistered: [schools.project],
        TermOpened: [schools.project],
        ClassOpened: [schools.project],
        StaffRegistered: [schools.project],
        GuardianBlocked: [people.project_block],
        GuardianUnblocked: [people.project_block],
        RosterImported: [imports.project],
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
        **{event: [plans.project] for event in get_args(plan_events.PlanEvent)},
        **{event: [helpers.project] for event in get_args(HelperEvent)},
        RuleVersionPublished: [filings.project],
        **{event: [filings.project] for event in get_args(plan_events.FilingEvent)},
        **{event: [offerings.project] for event in get_args(VolunteerEvent)},
        VenueRegistered: [offerings.project],
        **{event: [offerings.project] for event in get_args(OfferingEvent)},
        **{event: [offerings.project] for event in get_args(ContentEvent)},
        PriorityGranted: [places.project],
        OfferingsChosen: [places.project],
        PlacesAllocated: [places.project],
        **{event: [places.project] for event in get_args(PlacesEvent)},
        NoticePublished: [notices.project],
        NoticeRead: [notices.project],
        SurveyOpened: [surveys.project],
        SurveyAnswered: [surveys.project],
        SurveyClosed: [surveys.project],
        OpinionReceived: [opinions.project],
        OpinionAnswered: [opinions.project],
        ImprovementPublished: [opinions.project],
    },
    chores=lambda parts: (expiring(parts.log, parts.clock),),
)
"""New pupils and guardians are not projected here: only an import writes them, and it projects in
bulk."""

DEFINITION = Definition(
    name="enrollment",
    migrations=migrations,
    features=(ENROLLMENT,),
    keeps={
        StaffScreened: [fitness.screenings.project],
        ResponsibilityStatementSigned: [fitness.statements.project],
        ProviderAdmitted: [providers.project],
        ProviderRemoved: [providers.project],
    },
    person=PERSON,
    fingerprints=(
        "guardian-contact",
        "guardian-name",
        "guardian-sourced-id",
        "identity_number",
        "sourced_id",
        "student-name",
        "student_number",
    ),
    under=_under_policy,
)
