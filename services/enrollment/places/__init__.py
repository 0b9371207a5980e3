"""Priorities, choices, the allocation of places, and who has one."""

from __future__ import annotations

from typing import get_args

from chassis.feature import Feature
from contracts.enrollment.places import OfferingsChosen, PlacesAllocated, PriorityGranted
from services.enrollment.offerings.tables import places
from services.enrollment.places.domain.events import PlacesEvent
from services.enrollment.places.handlers.allocating import HANDLES as ALLOCATING
from services.enrollment.places.handlers.amending import HANDLES as AMENDING
from services.enrollment.places.handlers.demand import HANDLES as DEMAND
from services.enrollment.places.handlers.leaving import FOLLOWS
from services.enrollment.places.handlers.places import HANDLES as PLACES
from services.enrollment.places.handlers.places import expiring
from services.enrollment.places.handlers.support import HANDLES as SUPPORT

FEATURE = Feature(
    handles={
        **ALLOCATING,
        **AMENDING,
        **DEMAND,
        **PLACES,
        **SUPPORT,
    },
    projects={
        PriorityGranted: [places.project],
        OfferingsChosen: [places.project],
        PlacesAllocated: [places.project],
        **{event: [places.project] for event in get_args(PlacesEvent)},
    },
    follows=FOLLOWS,
    chores=lambda parts: (expiring(parts.log, parts.clock),),
)
