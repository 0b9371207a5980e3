"""Notices, surveys, opinions."""

from __future__ import annotations

from chassis.feature import Feature
from contracts.enrollment.notices import NoticePublished, NoticeRead
from contracts.enrollment.opinions import ImprovementPublished, OpinionAnswered, OpinionReceived
from contracts.enrollment.surveys import SurveyAnswered, SurveyClosed, SurveyOpened
from services.enrollment.listening.handlers.notices import HANDLES as NOTICES
from services.enrollment.listening.handlers.opinions import HANDLES as OPINIONS
from services.enrollment.listening.handlers.survey_results import HANDLES as SURVEY_RESULTS
from services.enrollment.listening.handlers.surveys import HANDLES as SURVEYS
from services.enrollment.listening.tables import notices, opinions, surveys

FEATURE = Feature(
    handles={
        **NOTICES,
        **OPINIONS,
        **SURVEY_RESULTS,
        **SURVEYS,
    },
    projects={
        NoticePublished: [notices.project],
        NoticeRead: [notices.project],
        SurveyOpened: [surveys.project],
        SurveyAnswered: [surveys.project],
        SurveyClosed: [surveys.project],
        OpinionReceived: [opinions.project],
        OpinionAnswered: [opinions.project],
        ImprovementPublished: [opinions.project],
    },
)
