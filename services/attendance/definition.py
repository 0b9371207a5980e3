"""Attendance: its features, what it keeps of others, what it does by itself."""

from __future__ import annotations

from chassis.feature import Definition
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
)
from contracts.enrollment.places import PlaceGivenUp, PlacesFilled, PlaceTaken
from contracts.enrollment.session_contents import (
    SessionContentApproved,
    SessionContentReturned,
    SessionContentSubmitted,
    SessionSubstituted,
)
from registers.classes import CLASSES
from registers.guardians import GUARDIANS
from registers.keeping import keep
from registers.placements import BY_KIND
from registers.pupils import WITH_CLASS
from registers.schools import WITH_STAGE
from registers.staff import STAFF
from registers.terms import WITH_DAYS
from services.attendance import calendar, custody, migrations, pickup, sessions
from services.attendance.calendar.service_days import POLICY
from services.attendance.custody.erasing import PERSON
from services.attendance.pickup.reactions import authorise_guardian, strike_off_guardian
from services.attendance.schema import metadata
from services.attendance.sessions.tables import holders, offerings

DEFINITION = Definition(
    name="attendance",
    migrations=migrations,
    # Lowest first: arrows between them point down. The roll of a session moves children (custody);
    # who may fetch them is on the pick-up list.
    features=(calendar.FEATURE, pickup.FEATURE, custody.FEATURE, sessions.FEATURE),
    keeps={
        **keep(
            metadata,
            WITH_STAGE,
            POLICY.register,
            WITH_DAYS,
            CLASSES,
            STAFF,
            WITH_CLASS,
            GUARDIANS,
            BY_KIND,
        ),
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
    under=POLICY.under,
)
