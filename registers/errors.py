"""What is not on a register. The class of a service gives it the service's code and words."""

from __future__ import annotations

from chassis.kernel.errors import NotFound


class SchoolUnknown(NotFound):
    """There is no such school, or the caller may not know of it."""


class StudentUnknown(NotFound):
    """There is no such pupil, or the caller may not know of them."""


class StaffUnknown(NotFound):
    """The school has no such member of staff."""


class TermUnknown(NotFound):
    """The school has no such term."""
