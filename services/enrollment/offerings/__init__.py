"""Volunteers, venues, offerings and the content of their sessions."""

from __future__ import annotations

from typing import get_args

from chassis.feature import Feature
from contracts.enrollment.offerings import VenueRegistered
from services.enrollment.offerings.domain.events import ContentEvent, OfferingEvent
from services.enrollment.offerings.domain.volunteering import VolunteerEvent
from services.enrollment.offerings.handlers.offerings import HANDLES as OFFERINGS
from services.enrollment.offerings.handlers.sessions import HANDLES as SESSIONS
from services.enrollment.offerings.handlers.staffing import HANDLES as STAFFING
from services.enrollment.offerings.tables import offerings

FEATURE = Feature(
    handles={
        **OFFERINGS,
        **SESSIONS,
        **STAFFING,
    },
    projects={
        **{event: [offerings.project] for event in get_args(VolunteerEvent)},
        VenueRegistered: [offerings.project],
        **{event: [offerings.project] for event in get_args(OfferingEvent)},
        **{event: [offerings.project] for event in get_args(ContentEvent)},
    },
)
