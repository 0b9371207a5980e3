"""Custody: in whose care a child is today, the one-time codes, and the hand-over."""

from chassis.eventsourcing.handling import CommandHandler
from chassis.feature import Feature
from contracts.attendance import handover as said_at_the_gate
from contracts.attendance import pickup as said_of_codes
from contracts.attendance import sessions as said_by_rolls
from services.attendance import scope
from services.attendance.custody.handlers import codes as coding
from services.attendance.custody.handlers import handover
from services.attendance.custody.tables import board, codes

FEATURE = Feature(
    handles={
        said_of_codes.ISSUE_PICKUP_CODE: CommandHandler(
            coding.issue_pickup_code, scope.own_student, present=coding.with_code
        ),
        said_of_codes.GET_PICKUP_CODE: coding.get_pickup_code,
        said_of_codes.FIND_CODE: coding.find_code,
        said_at_the_gate.HAND_OVER: CommandHandler(handover.hand_over, scope.own_school),
        said_at_the_gate.REFUSE_PICKUP: CommandHandler(handover.refuse_pickup, scope.own_school),
        said_at_the_gate.GET_BOARD: handover.get_board,
    },
    projects={
        said_by_rolls.PupilCheckedIn: [board.project],
        said_by_rolls.PupilMarkedAbsent: [board.project],
        said_of_codes.PickupCodeIssued: [codes.project],
        said_at_the_gate.ChildHandedOver: [board.project],
    },
)
