"""Attendance: what it can be asked, what it keeps of others, what it does by itself."""

from __future__ import annotations

from dataclasses import replace

from chassis.eventsourcing.handling import CommandHandler
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.feature import Definition, Feature
from chassis.kernel.call import Call
from contracts.attendance import calendar as calendar_said
from contracts.attendance import handover as handover_said
from contracts.attendance import pickup as pickup_said
from contracts.attendance import sessions as sessions_said
from contracts.attendance.calendar import CalendarDayDeclared, CalendarYearDeclared
from contracts.attendance.handover import ChildHandedOver
from contracts.attendance.pickup import PickupAuthorised, PickupCodeIssued
from contracts.attendance.sessions import (
    PupilCheckedIn,
    PupilMarkedAbsent,
    RollTaken,
    SessionOpened,
)
from contracts.enrollment.agreements import StudentEnrolled
from contracts.enrollment.offerings import (
    OfferingAmended,
    OfferingClosed,
    OfferingOpened,
    OfferingProposed,
    OfferingReturned,
)
from contracts.enrollment.people import (
    GuardianBlocked,
    GuardianLinked,
    GuardianUnblocked,
    StudentMoved,
    StudentRegistered,
)
from contracts.enrollment.placement import (
    EnrolmentResumed,
    EnrolmentSuspended,
    StudentTransferredOut,
    StudentWithdrawn,
)
from contracts.enrollment.places import PlaceGivenUp, PlacesFilled, PlaceTaken
from contracts.enrollment.policy import PolicyVersionActivated
from contracts.enrollment.schools import ClassOpened, SchoolRegistered, StaffRegistered, TermOpened
from contracts.enrollment.session_contents import (
    SessionContentApproved,
    SessionContentReturned,
    SessionContentSubmitted,
    SessionSubstituted,
)
from services.attendance import migrations
from services.attendance.handlers import board as watching
from services.attendance.handlers import calendar as declaring
from services.attendance.handlers import codes, handover, offering_days, pickup, rolls, scope
from services.attendance.handlers import sessions as opening
from services.attendance.handlers.erasing import PERSON
from services.attendance.policies import authorise_guardian, strike_off_guardian
from services.attendance.projections import (
    board,
    calendar,
    facts,
    holders,
    offerings,
    pickups,
    placements,
    sessions,
)


def _under_policy(work: UnitOfWork, call: Call) -> Call:
    version = facts.policy_version(work.connection, work.partition, call.today)
    return replace(call, policy=version) if version else call


ATTENDANCE = Feature(
    handles={
        calendar_said.DECLARE_CALENDAR_YEAR: CommandHandler(
            declaring.declare_calendar_year, scope.own_district
        ),
        calendar_said.DECLARE_CALENDAR_DAY: CommandHandler(
            declaring.declare_calendar_day, scope.own_district
        ),
        calendar_said.GET_CALENDAR: declaring.get_calendar,
        sessions_said.OPEN_SESSION: CommandHandler(opening.open_session, scope.own_class),
        sessions_said.TAKE_ROLL: CommandHandler(rolls.take_roll, scope.own_session),
        sessions_said.LIST_SESSIONS: opening.list_sessions,
        sessions_said.LIST_OFFERING_SESSIONS: offering_days.list_offering_sessions,
        sessions_said.GET_SESSION: rolls.get_session,
        pickup_said.AUTHORISE_PICKUP: CommandHandler(pickup.authorise_pickup, scope.own_student),
        pickup_said.REVOKE_PICKUP: CommandHandler(pickup.revoke_pickup, scope.own_authorisation),
        pickup_said.LIST_PICKUP_AUTHORISATIONS: pickup.list_pickup_authorisations,
        pickup_said.ISSUE_PICKUP_CODE: CommandHandler(
            codes.issue_pickup_code, scope.own_student, present=codes.with_code
        ),
        pickup_said.GET_PICKUP_CODE: codes.get_pickup_code,
        pickup_said.FIND_CODE: codes.find_code,
        handover_said.HAND_OVER: CommandHandler(handover.hand_over, scope.own_school),
        handover_said.REFUSE_PICKUP: CommandHandler(handover.refuse_pickup, scope.own_school),
        handover_said.GET_BOARD: watching.get_board,
        handover_said.CHILD_TODAY: watching.child_today,
    },
    projects={
        CalendarYearDeclared: [calendar.years.project],
        CalendarDayDeclared: [calendar.days.project],
        SessionOpened: [sessions.project],
        RollTaken: [sessions.project],
        PupilCheckedIn: [board.project],
        PupilMarkedAbsent: [board.project],
        PickupAuthorised: [pickups.project],
        PickupCodeIssued: [pickups.project],
        ChildHandedOver: [board.project],
    },
)

DEFINITION = Definition(
    name="attendance",
    migrations=migrations,
    features=(ATTENDANCE,),
    keeps={
        PolicyVersionActivated: [facts.project_policy],
        SchoolRegistered: [facts.schools.project],
        TermOpened: [facts.terms.project],
        ClassOpened: [facts.classes.project],
        StaffRegistered: [facts.staff.project],
        StudentRegistered: [facts.students.project],
        StudentMoved: [facts.project_move],
        GuardianLinked: [facts.guardianships.project],
        GuardianBlocked: [facts.project_block],
        GuardianUnblocked: [facts.project_block],
        StudentEnrolled: [facts.project_enrolment],
        StudentWithdrawn: [placements.project_withdrawal],
        EnrolmentSuspended: [placements.project_suspension],
        EnrolmentResumed: [placements.project_resumption],
        StudentTransferredOut: [placements.project_transfer],
        OfferingProposed: [offerings.project],
        OfferingAmended: [offerings.project],
        OfferingOpened: [offerings.project],
        OfferingReturned: [offerings.project],
        OfferingClosed: [offerings.project],
        SessionContentSubmitted: [offerings.project_content],
        SessionContentApproved: [offerings.project_content],
        SessionContentReturned: [offerings.project_content],
        SessionSubstituted: [offerings.project_content],
        PlacesFilled: [holders.project],
        PlaceTaken: [holders.project],
        PlaceGivenUp: [holders.project],
    },
    reactions={GuardianLinked: authorise_guardian, GuardianBlocked: strike_off_guardian},
    person=PERSON,
    fingerprints=("pickup-code",),
    under=_under_policy,
)
