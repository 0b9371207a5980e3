"""What has happened to choices, priorities and places. Stored for ever, never refused."""

from __future__ import annotations

from typing import TypeAlias

from contracts.enrollment.places import (
    CapacityChanged,
    PlaceExpired,
    PlaceGivenUp,
    PlaceOffered,
    PlacesFilled,
    PlaceTaken,
    PupilWaitlisted,
)

PlacesEvent: TypeAlias = (
    PlacesFilled
    | PlaceTaken
    | PupilWaitlisted
    | PlaceOffered
    | PlaceExpired
    | PlaceGivenUp
    | CapacityChanged
)
