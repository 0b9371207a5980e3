"""Enrollment's events under their published names. Stored for ever."""

from chassis.eventsourcing.codec import Codec
from contracts.language import UPCASTERS
from services.enrollment.domain import events
from services.enrollment.domain.export import ExportMade

CODEC = Codec(
    {
        "DistrictRegistered": (events.DistrictRegistered, 1),
        "PolicyVersionActivated": (events.PolicyVersionActivated, 1),
        "SchoolRegistered": (events.SchoolRegistered, 1),
        "ClassOpened": (events.ClassOpened, 1),
        "TermOpened": (events.TermOpened, 1),
        "StaffRegistered": (events.StaffRegistered, 1),
        "StudentRegistered": (events.StudentRegistered, 1),
        "StudentMoved": (events.StudentMoved, 1),
        "StudentDetailsChanged": (events.StudentDetailsChanged, 1),
        "GuardianRegistered": (events.GuardianRegistered, 1),
        "GuardianLinked": (events.GuardianLinked, 1),
        "RosterImported": (events.RosterImported, 1),
        "ApplicationSubmitted": (events.ApplicationSubmitted, 1),
        "ParticipationDeclined": (events.ParticipationDeclined, 1),
        "ApplicationAccepted": (events.ApplicationAccepted, 1),
        "ApplicationRejected": (events.ApplicationRejected, 1),
        "AcceptedListPublished": (events.AcceptedListPublished, 1),
        "ListConfirmed": (events.ListConfirmed, 1),
        "AgreementSigned": (events.AgreementSigned, 1),
        "StudentEnrolled": (events.StudentEnrolled, 1),
        "ExportMade": (ExportMade, 1),
    },
    UPCASTERS["enrollment"],
)
