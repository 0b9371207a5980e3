"""What a caller cannot reach, or not yet; shared by the features."""

from __future__ import annotations

from chassis.kernel.errors import BusinessRuleViolation, NotFound
from registers.errors import StudentUnknown


class NotReady(BusinessRuleViolation):
    """Facts of enrollment are still on their way."""

    code = "attendance.not-ready"
    kind = "unavailable"


class ClassUnknown(NotFound):
    code = "attendance.class-unknown"


class PupilUnknown(StudentUnknown):
    code = "attendance.pupil-unknown"
