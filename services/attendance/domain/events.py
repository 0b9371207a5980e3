"""What has happened in attendance. Past tense; stored for ever, never refused."""

from __future__ import annotations

from typing import TypeAlias

from contracts.attendance.calendar import CalendarDayDeclared, CalendarYearDeclared
from contracts.attendance.handover import ChildHandedOver, PickupRefused
from contracts.attendance.pickup import PickupAuthorised, PickupCodeIssued, PickupRevoked
from contracts.attendance.sessions import (
    PupilCheckedIn,
    PupilMarkedAbsent,
    RollTaken,
    SessionOpened,
)

CalendarEvent: TypeAlias = CalendarYearDeclared | CalendarDayDeclared
SessionEvent: TypeAlias = SessionOpened | RollTaken
PickupListEvent: TypeAlias = PickupAuthorised | PickupRevoked
CustodyEvent: TypeAlias = (
    PupilCheckedIn | PupilMarkedAbsent | PickupCodeIssued | PickupRefused | ChildHandedOver
)
