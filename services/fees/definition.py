"""Fees: what it can be asked, what it keeps of others, what it does by itself."""

from __future__ import annotations

from dataclasses import replace

from chassis.eventsourcing.handling import CommandHandler
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.feature import Definition, Feature
from chassis.kernel.call import Call
from contracts.enrollment.agreements import StudentEnrolled
from contracts.enrollment.people import (
    GuardianBlocked,
    GuardianLinked,
    GuardianUnblocked,
    StudentRegistered,
)
from contracts.enrollment.placement import (
    EnrolmentResumed,
    EnrolmentSuspended,
    StudentTransferredOut,
    StudentWithdrawn,
)
from contracts.enrollment.policy import PolicyVersionActivated
from contracts.enrollment.schools import SchoolRegistered
from contracts.fees import charges as charges_said
from contracts.fees import tariffs as tariffs_said
from contracts.fees import waivers as waivers_said
from contracts.fees.charges import FeeCharged, PaymentRecorded, RefundRequested
from contracts.fees.tariffs import TariffActivated
from contracts.fees.waivers import FeeWaiverGranted
from services.fees import migrations
from services.fees.handlers import charges as charging
from services.fees.handlers import refunds as refunding
from services.fees.handlers import tariffs as setting
from services.fees.handlers import waivers as waiving
from services.fees.handlers.erasing import PERSON
from services.fees.handlers.scope import own_school, school_of_student
from services.fees.policies import request_refunds
from services.fees.projections import charges, facts, placements, refunds, tariffs, waivers
from services.fees.projections import policies as policy_versions


def _under_policy(work: UnitOfWork, call: Call) -> Call:
    school = facts.schools.get(work.connection, work.partition)
    if school is None:
        return call
    version = policy_versions.in_force(work.connection, school["district_id"], call.today)
    return replace(call, policy=(version["profile"], version["version"])) if version else call


FEES = Feature(
    handles={
        tariffs_said.SET_TARIFF: CommandHandler(setting.set_tariff, own_school),
        tariffs_said.GET_TARIFF: setting.get_tariff,
        waivers_said.GRANT_WAIVER: CommandHandler(waiving.grant_waiver, school_of_student),
        waivers_said.LIST_WAIVERS: waiving.list_waivers,
        charges_said.RUN_CHARGES: CommandHandler(charging.run_charges, own_school),
        charges_said.RECORD_PAYMENT: CommandHandler(charging.record_payment, school_of_student),
        charges_said.LIST_CHARGES: charging.list_charges,
        charges_said.LIST_REFUNDS: refunding.list_refunds,
    },
    projects={
        TariffActivated: [tariffs.project],
        FeeWaiverGranted: [waivers.project],
        FeeCharged: [charges.project],
        PaymentRecorded: [charges.project],
        RefundRequested: [charges.project, refunds.project],
    },
)

DEFINITION = Definition(
    name="fees",
    migrations=migrations,
    features=(FEES,),
    keeps={
        SchoolRegistered: [facts.schools.project],
        PolicyVersionActivated: [policy_versions.project],
        StudentRegistered: [facts.students.project],
        GuardianLinked: [facts.guardianships.project],
        GuardianBlocked: [facts.project_block],
        GuardianUnblocked: [facts.project_block],
        StudentEnrolled: [facts.project_enrolment],
        StudentWithdrawn: [placements.project_withdrawal],
        EnrolmentSuspended: [placements.project_suspension],
        EnrolmentResumed: [placements.project_resumption],
        StudentTransferredOut: [placements.project_transfer],
    },
    reactions={StudentWithdrawn: request_refunds},
    person=PERSON,
    under=_under_policy,
)
