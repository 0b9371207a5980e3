"""Words that notices, surveys and opinions share."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from contracts.enrollment.vocabulary import SERVICE_KINDS, one_of
from contracts.shapes import Strict

AUDIENCES = ("guardians", "staff", "pupils")
NOTICE_KINDS = (
    "service",
    "notice_letter",
    "info_prompt",
    "parents_meeting",
    "service_content",
    "plan_change",
)
PURPOSES = ("demand", "opinion", "satisfaction")
ASKED = ("guardians", "pupils")
"""Whom a survey asks."""

VOICES = ("guardian", "pupil")
QUESTION_KINDS = ("choice", "rating", "text")
SURVEY_STATES = ("open", "closed")
SOURCES = ("pupil", "guardian", "public", "npc_deputy", "cppcc_member")
"""Whose an opinion is (P2-115)."""

OPINION_STATES = ("open", "settled")
"""``open``: without a reply, or without an improvement."""

RESULTS = ("shown", "too_few", "not_yet")


class Wish(Strict):
    """A kind of service on a day of the week; 1 is Monday."""

    weekday = fields.Integer(required=True, strict=True, validate=validate.Range(min=1, max=7))
    service_kind = one_of(SERVICE_KINDS)


def wishes(**kwargs: Any) -> fields.List[Any]:
    """Return a field for wishes."""
    return fields.List(fields.Nested(Wish), validate=validate.Length(max=70), **kwargs)
