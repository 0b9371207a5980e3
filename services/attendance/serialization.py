"""Attendance's events under their published names. Stored for ever."""

from chassis.eventsourcing.codec import Codec
from contracts.language import UPCASTERS
from services.attendance.domain import events

CODEC = Codec(
    {
        "CalendarYearDeclared": (events.CalendarYearDeclared, 1),
        "CalendarDayDeclared": (events.CalendarDayDeclared, 1),
        "SessionOpened": (events.SessionOpened, 2),
        "RollTaken": (events.RollTaken, 1),
        "PupilCheckedIn": (events.PupilCheckedIn, 1),
        "PupilMarkedAbsent": (events.PupilMarkedAbsent, 1),
        "PickupAuthorised": (events.PickupAuthorised, 1),
        "PickupRevoked": (events.PickupRevoked, 1),
        "PickupCodeIssued": (events.PickupCodeIssued, 1),
        "PickupRefused": (events.PickupRefused, 1),
        "ChildHandedOver": (events.ChildHandedOver, 1),
    },
    UPCASTERS["attendance"],
)
