"""What has happened to a placement, and to a pupil's place at the school. Stored for ever."""

from __future__ import annotations

from typing import TypeAlias

from contracts.enrollment.placement import (
    EnrolmentResumed,
    EnrolmentSuspended,
    StudentWithdrawn,
)

PlacementEvent: TypeAlias = StudentWithdrawn | EnrolmentSuspended | EnrolmentResumed
