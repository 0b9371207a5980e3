"""What a pupil, a class teacher and a family said about an application. Stored for ever."""

from __future__ import annotations

from typing import TypeAlias

from contracts.enrollment.agreements import ResponsibilityLetterSigned
from contracts.enrollment.applications import ApplicationReviewed, PupilAssentRecorded

ConsentEvent: TypeAlias = PupilAssentRecorded | ApplicationReviewed | ResponsibilityLetterSigned
