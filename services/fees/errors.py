"""Whom and what fees does not know."""

from __future__ import annotations

from registers import errors


class SchoolUnknown(errors.SchoolUnknown):
    code = "fees.school-unknown"


class StudentUnknown(errors.StudentUnknown):
    code = "fees.student-unknown"
