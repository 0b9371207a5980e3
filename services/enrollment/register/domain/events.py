"""What has happened in enrollment. Past tense; stored for ever, never refused."""

from __future__ import annotations

from typing import TypeAlias

from contracts.enrollment.people import (
    GuardianBlocked,
    GuardianLinked,
    GuardianUnblocked,
    StudentDetailsChanged,
    StudentMoved,
    StudentRegistered,
)
from contracts.enrollment.placement import StudentTransferredOut
from contracts.enrollment.schools import ClassOpened, SchoolRegistered, TermOpened

SchoolEvent: TypeAlias = SchoolRegistered | ClassOpened | TermOpened


StudentEvent: TypeAlias = (
    GuardianBlocked
    | GuardianUnblocked
    | StudentRegistered
    | StudentMoved
    | StudentDetailsChanged
    | GuardianLinked
    | StudentTransferredOut
)
