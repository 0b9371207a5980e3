"""Enrollment: what it can be asked, what it keeps of others, what it does by itself."""

from __future__ import annotations

from dataclasses import replace

from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.feature import Definition
from chassis.kernel.call import Call
from contracts.safety.fitness import ResponsibilityStatementSigned, StaffScreened
from contracts.safety.providers import ProviderAdmitted, ProviderRemoved
from services.enrollment import (
    application,
    listening,
    migrations,
    offerings,
    places,
    plan,
    policy,
    register,
    term,
)
from services.enrollment.erasing import PERSON
from services.enrollment.offerings.tables import fitness, providers
from services.enrollment.register.tables import schools


def _under_policy(work: UnitOfWork, call: Call) -> Call:
    policy = schools.policy_over(work.connection, work.partition)
    return replace(call, policy=policy) if policy else call


DEFINITION = Definition(
    name="enrollment",
    migrations=migrations,
    features=(  # each stands on those above it
        policy.FEATURE,
        register.FEATURE,
        plan.FEATURE,
        application.FEATURE,
        listening.FEATURE,
        offerings.FEATURE,
        places.FEATURE,
        term.FEATURE,
    ),
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
