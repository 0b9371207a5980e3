"""Why a command on places can be refused."""

from __future__ import annotations

from typing import ClassVar

from chassis.kernel.errors import BusinessRuleViolation, Kind, NotFound


class ChoicesWrong(BusinessRuleViolation):
    code = "enrollment.choices-wrong"
    kind: ClassVar[Kind] = "invalid"


class NothingToAllocate(BusinessRuleViolation):
    code = "enrollment.nothing-to-allocate"


class AllocationUnknown(NotFound):
    code = "enrollment.allocation-unknown"


class MoreThanTheVenue(BusinessRuleViolation):
    code = "enrollment.more-than-the-venue"
    clauses = ("P1-025",)
    kind: ClassVar[Kind] = "invalid"


class CapacityBelowHolders(BusinessRuleViolation):
    code = "enrollment.capacity-below-holders"


class NoOffer(BusinessRuleViolation):
    code = "enrollment.no-offer"


class OfferExpired(BusinessRuleViolation):
    code = "enrollment.offer-expired"


class DoubleBooked(BusinessRuleViolation):
    code = "enrollment.double-booked"
    clauses = ("P1-086",)


class NoApplication(BusinessRuleViolation):
    code = "enrollment.no-application"
    clauses = ("P1-004",)


class PriorityUnknown(BusinessRuleViolation):
    code = "enrollment.priority-unknown"
    clauses = ("P2-012", "P2-013", "P2-014", "P2-015")
    kind: ClassVar[Kind] = "invalid"


class PriorityNeedsAuthority(BusinessRuleViolation):
    code = "enrollment.priority-needs-authority"
    clauses = ("P2-015",)
    kind: ClassVar[Kind] = "forbidden"


class ClassUnknown(NotFound):
    code = "enrollment.class-unknown"
