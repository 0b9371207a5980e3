"""Why a command on venues, offerings and sessions can be refused."""

from __future__ import annotations

from typing import ClassVar

from chassis.kernel.errors import BusinessRuleViolation, Kind, NotFound


class VenueUnknown(NotFound):
    code = "enrollment.venue-unknown"


class OfferingUnknown(NotFound):
    code = "enrollment.offering-unknown"


class ProhibitedContent(BusinessRuleViolation):
    """The twelve prohibited acts that a session's content can be (rules of both plans)."""

    code = "enrollment.prohibited-content"
    clauses = ("P1-009", "P1-036", "P1-037", "P2-010", "P2-039", "P2-043")
    kind: ClassVar[Kind] = "invalid"


class TeachingExtension(BusinessRuleViolation):
    code = "enrollment.teaching-extension"
    clauses = ("P1-037",)
    kind: ClassVar[Kind] = "invalid"


class ContentNotAllowed(BusinessRuleViolation):
    code = "enrollment.content-not-allowed"
    clauses = ("P1-008", "P2-022", "P2-030", "P2-036", "P2-038", "P2-042")
    kind: ClassVar[Kind] = "invalid"


class KindNotForStage(BusinessRuleViolation):
    code = "enrollment.kind-not-for-stage"
    clauses = ("P2-035",)
    kind: ClassVar[Kind] = "invalid"


class NoServiceThatDay(BusinessRuleViolation):
    code = "enrollment.no-service-that-day"
    clauses = ("P1-013", "P1-014", "P2-041")
    kind: ClassVar[Kind] = "invalid"


class StaffReservedTime(BusinessRuleViolation):
    code = "enrollment.staff-reserved-time"
    clauses = ("P1-018",)
    kind: ClassVar[Kind] = "invalid"


class OutsideTheWindow(BusinessRuleViolation):
    code = "enrollment.outside-the-window"
    clauses = ("P1-015", "P2-034", "P2-037")
    kind: ClassVar[Kind] = "invalid"


class OverlapsLessons(BusinessRuleViolation):
    code = "enrollment.overlaps-lessons"
    clauses = ("P2-080",)


class VenueTooSmall(BusinessRuleViolation):
    code = "enrollment.venue-too-small"
    clauses = ("P1-025",)
    kind: ClassVar[Kind] = "invalid"


class Clashes(BusinessRuleViolation):
    code = "enrollment.clashes"
    clauses = ("P1-025",)


class GradesWrong(BusinessRuleViolation):
    code = "enrollment.grades-wrong"
    clauses = ("P1-086", "P2-009")
    kind: ClassVar[Kind] = "invalid"


class OfferingNotOpen(BusinessRuleViolation):
    code = "enrollment.offering-not-open"


class OfferingWasReturned(BusinessRuleViolation):
    code = "enrollment.offering-returned"
    clauses = ("P1-028",)


class OfferingClosedAlready(BusinessRuleViolation):
    code = "enrollment.offering-closed"


class ProviderNotAdmitted(BusinessRuleViolation):
    code = "enrollment.provider-not-admitted"
    clauses = ("P1-079", "P2-061")


class DemandTooSmall(BusinessRuleViolation):
    code = "enrollment.demand-too-small"
    clauses = ("P2-044",)


class ContentUnknown(NotFound):
    code = "enrollment.content-unknown"


class ContentApprovedAlready(BusinessRuleViolation):
    code = "enrollment.content-approved"
    clauses = ("P1-087",)


class NotASessionDay(BusinessRuleViolation):
    code = "enrollment.not-a-session-day"
    kind: ClassVar[Kind] = "invalid"
