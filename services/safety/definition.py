"""Safety: what it can be asked, what it keeps of others."""

from __future__ import annotations

from dataclasses import replace

from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.feature import Definition, Feature
from chassis.kernel.call import Call
from contracts.enrollment.people import (
    GuardianBlocked,
    GuardianLinked,
    GuardianUnblocked,
    StudentRegistered,
)
from contracts.enrollment.policy import PolicyVersionActivated
from contracts.enrollment.schools import SchoolRegistered, StaffRegistered, TermOpened
from contracts.safety.breaches import BreachReported
from contracts.safety.fitness import ResponsibilityStatementSigned, StaffScreened
from contracts.safety.incidents import IncidentGuardianNotified, IncidentReported
from contracts.safety.providers import ProviderAdmitted, ProviderRemoved
from services.safety import migrations
from services.safety.handlers import breaches as breaching
from services.safety.handlers import fitness as screening
from services.safety.handlers import incidents as reporting
from services.safety.handlers import providers as admitting
from services.safety.handlers.erasing import PERSON
from services.safety.projections import breaches, facts, fitness, incidents, providers


def _under_policy(work: UnitOfWork, call: Call) -> Call:
    return replace(call, policy=facts.policy_of(work.connection, work.partition))


SAFETY = Feature(
    handles={
        **reporting.HANDLES,
        **screening.HANDLES,
        **breaching.HANDLES,
        **admitting.HANDLES,
    },
    projects={
        IncidentReported: [incidents.project],
        IncidentGuardianNotified: [incidents.project],
        StaffScreened: [fitness.screenings.project],
        ResponsibilityStatementSigned: [fitness.statements.project],
        BreachReported: [breaches.project],
        ProviderAdmitted: [providers.project],
        ProviderRemoved: [providers.project],
    },
)

DEFINITION = Definition(
    name="safety",
    migrations=migrations,
    features=(SAFETY,),
    keeps={
        SchoolRegistered: [facts.schools.project],
        PolicyVersionActivated: [facts.policies.project],
        StaffRegistered: [facts.staff.project],
        TermOpened: [facts.terms.project],
        StudentRegistered: [facts.students.project],
        GuardianLinked: [facts.guardianships.project],
        GuardianBlocked: [facts.project_block],
        GuardianUnblocked: [facts.project_block],
    },
    person=PERSON,
    under=_under_policy,
)
