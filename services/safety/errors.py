"""Whom and what safety does not know."""

from __future__ import annotations

from registers import errors


class SchoolUnknown(errors.SchoolUnknown):
    code = "safety.school-unknown"


class StaffUnknown(errors.StaffUnknown):
    code = "safety.staff-unknown"


class TermUnknown(errors.TermUnknown):
    code = "safety.term-unknown"
