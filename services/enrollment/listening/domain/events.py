"""What has happened in telling and listening. Past tense; stored for ever, never refused."""

from __future__ import annotations

from typing import TypeAlias

from contracts.enrollment.opinions import OpinionAnswered, OpinionReceived
from contracts.enrollment.surveys import (
    SurveyClosed,
    SurveyOpened,
)

SurveyEvent: TypeAlias = SurveyOpened | SurveyClosed
OpinionEvent: TypeAlias = OpinionReceived | OpinionAnswered
