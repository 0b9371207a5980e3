"""Enrollment, wired: the same objects in a cluster, in the embedded mode and in tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import get_args

from chassis import erasure
from chassis.clock import Clock
from chassis.eventsourcing.application import Application
from chassis.eventsourcing.database import open_database
from chassis.eventsourcing.feed import feed
from chassis.eventsourcing.log import EventLog
from chassis.eventsourcing.migrate import migrate
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.eventsourcing.upcasting import Upcasting
from chassis.kernel.call import Call
from chassis.messaging import completeness, operating
from chassis.messaging.reactions import applying
from chassis.messaging.subscriber import Source, Subscriber
from chassis.service import Service
from chassis.settings import Settings
from contracts import language
from contracts.operations import requests as operations
from services.enrollment import handlers, migrations
from services.enrollment import policies as hearing
from services.enrollment.domain.consent_events import ConsentEvent
from services.enrollment.domain.helpers import HelperEvent
from services.enrollment.domain.offerings.events import ContentEvent, OfferingEvent
from services.enrollment.domain.places.events import PlacesEvent
from services.enrollment.domain.plan import events as plan_events
from services.enrollment.domain.proposal_events import ProposalEvent
from services.enrollment.domain.staffing.volunteering import VolunteerEvent
from services.enrollment.handlers import documents, exporting
from services.enrollment.handlers.erasing import PERSON
from services.enrollment.handlers.places import expiring
from services.enrollment.projections import (
    applications,
    filings,
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
    publicities,
    schools,
    surveys,
)
from services.enrollment.serialization import CODEC

NAME = "enrollment"
LISTENS_TO = ("safety",)

PROJECTIONS = {
    "DistrictRegistered": [policies.project],
    "PolicyVersionActivated": [policies.project],
    **{event.__name__: [proposals.project] for event in get_args(ProposalEvent)},
    "SchoolRegistered": [schools.project],
    "TermOpened": [schools.project],
    "ClassOpened": [schools.project],
    "StaffRegistered": [schools.project],
    "GuardianBlocked": [people.project_block],
    "GuardianUnblocked": [people.project_block],
    "RosterImported": [imports.project],
    "ApplicationSubmitted": [applications.project],
    "ParticipationDeclined": [applications.project],
    **{event.__name__: [applications.project] for event in get_args(ConsentEvent)},
    "ApplicationAccepted": [applications.project],
    "ApplicationRejected": [applications.project],
    "AgreementSigned": [applications.project],
    "StudentEnrolled": [applications.project],
    "StudentWithdrawn": [placements.project, applications.project],
    "EnrolmentSuspended": [placements.project],
    "EnrolmentResumed": [placements.project],
    "ApplicationLapsed": [applications.project],
    "StudentTransferredOut": [placements.project_transfer],
    "AcceptedListPublished": [publicities.project, applications.project],
    "ObjectionRaised": [publicities.project_objection],
    "ObjectionResolved": [publicities.project_objection],
    "ListConfirmed": [publicities.project, applications.project],
    **{event.__name__: [plans.project] for event in get_args(plan_events.PlanEvent)},
    **{event.__name__: [helpers.project] for event in get_args(HelperEvent)},
    "RuleVersionPublished": [filings.project],
    **{event.__name__: [filings.project] for event in get_args(plan_events.FilingEvent)},
    **{event.__name__: [offerings.project] for event in get_args(VolunteerEvent)},
    "VenueRegistered": [offerings.project],
    **{event.__name__: [offerings.project] for event in get_args(OfferingEvent)},
    **{event.__name__: [offerings.project] for event in get_args(ContentEvent)},
    "PriorityGranted": [places.project],
    "OfferingsChosen": [places.project],
    "PlacesAllocated": [places.project],
    **{event.__name__: [places.project] for event in get_args(PlacesEvent)},
    "NoticePublished": [notices.project],
    "NoticeRead": [notices.project],
    "SurveyOpened": [surveys.project],
    "SurveyAnswered": [surveys.project],
    "SurveyClosed": [surveys.project],
    "OpinionReceived": [opinions.project],
    "OpinionAnswered": [opinions.project],
    "ImprovementPublished": [opinions.project],
}
"""New pupils and guardians are not here: only an import writes them, and it projects in bulk."""

PURPOSES = (
    "guardian-contact",
    "guardian-name",
    "guardian-sourced-id",
    "identity_number",
    "sourced_id",
    "student-name",
    "student_number",
)
"""What enrollment makes fingerprints for."""

UPCAST = Upcasting(language.newest(), language.UPCASTERS)
SHAPES = operating.Shapes(operations.ListParked(), operations.Settle(), operations.Replay())


def build(settings: Settings, clock: Clock, sources: Mapping[str, Source]) -> Service:
    """Return enrollment over the database in ``settings``; ``sources`` has safety's log."""
    database = open_database(settings.database_url)
    migrate(database.engine, migrations)
    vault = settings.vault()
    vault.begin(database, PURPOSES)
    log = EventLog(NAME, database, CODEC, projections=PROJECTIONS, vault=vault)
    subscriber = Subscriber(
        NAME,
        database,
        {name: sources[name] for name in LISTENS_TO},
        applying(log, clock, facts=hearing.FACTS, reactions={}, upcast=UPCAST),
        committed=log.announce,
        clock=clock,
    )
    erasing = erasure.commands(PERSON, settings.signing_key, operations.ErasePerson())
    application = Application(
        log=log,
        commands={
            **handlers.COMMANDS,
            **exporting.commands(log),
            **operating.commands(subscriber, SHAPES),
            **erasing,
        },
        queries={
            **handlers.queries(vault),
            **documents.queries(log),
            **feed(log),
            **operating.queries(subscriber, SHAPES),
        },
        clock=clock,
        token_key=settings.token_key,
        before=_under_policy,
    )
    chores = (completeness.chore(subscriber), expiring(log, clock))
    return Service(NAME, database, application, log, subscriber, chores)


def _under_policy(work: UnitOfWork, call: Call) -> Call:
    school = schools.school(work.connection, work.partition)
    district_id = school["district_id"] if school else work.partition
    policy = policies.version_of(work.connection, district_id)
    return replace(call, policy=policy) if policy else call
