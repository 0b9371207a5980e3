"""How a school tells and listens: notices, surveys, opinions, improvements."""

from __future__ import annotations

from flask_smorest import Blueprint

from contracts.enrollment import listening as replies
from contracts.enrollment import listening_requests as requests
from gateway.api.routing import Command, Query, add_routes

ROUTES = (
    Query(
        "/schools/{school_id}/notices",
        "enrollment",
        "list_notices",
        "List a school's notices, newest first",
        requests.ListNotices,
        replies.Notices,
    ),
    Command(
        "/schools/{school_id}/notices",
        "enrollment",
        "publish_notice",
        "Publish a notice to guardians, pupils or staff",
        requests.PublishNotice,
        replies.NoticeState,
    ),
    Query(
        "/notices/{notice_id}",
        "enrollment",
        "get_notice",
        "Show a notice",
        None,
        replies.Notice,
    ),
    Command(
        "/notices/{notice_id}/read",
        "enrollment",
        "read_notice",
        "Leave a receipt: I have opened this notice",
        None,
        replies.Receipt,
    ),
    Query(
        "/schools/{school_id}/surveys",
        "enrollment",
        "list_surveys",
        "List a school's surveys, newest first",
        requests.ListSurveys,
        replies.Surveys,
    ),
    Command(
        "/schools/{school_id}/surveys",
        "enrollment",
        "open_survey",
        "Open a survey of guardians or pupils",
        requests.OpenSurvey,
        replies.SurveyState,
    ),
    Query(
        "/surveys/{survey_id}",
        "enrollment",
        "get_survey",
        "Show a survey and what came of it; fewer than five answers are not shown",
        None,
        replies.Survey,
    ),
    Command(
        "/surveys/{survey_id}/answers",
        "enrollment",
        "answer_survey",
        "Answer for a pupil's family, or in the pupil's words; again replaces it",
        requests.AnswerSurvey,
        replies.AnswerState,
    ),
    Command(
        "/surveys/{survey_id}/close",
        "enrollment",
        "close_survey",
        "Close a survey and publish the school's response",
        requests.CloseSurvey,
        replies.SurveyState,
    ),
    Query(
        "/schools/{school_id}/demand",
        "enrollment",
        "get_demand",
        "Show what families wish for, by grade, weekday and kind of service",
        requests.GetDemand,
        replies.Demand,
    ),
    Query(
        "/schools/{school_id}/opinions",
        "enrollment",
        "list_opinions",
        "List opinions about a school's service; a guardian's own",
        requests.ListOpinions,
        replies.Opinions,
    ),
    Command(
        "/schools/{school_id}/opinions",
        "enrollment",
        "give_opinion",
        "Give an opinion, or take down what somebody said",
        requests.GiveOpinion,
        replies.OpinionState,
    ),
    Command(
        "/opinions/{opinion_id}/answer",
        "enrollment",
        "answer_opinion",
        "Reply to an opinion",
        requests.AnswerOpinion,
        replies.OpinionState,
    ),
    Query(
        "/schools/{school_id}/improvements",
        "enrollment",
        "list_improvements",
        "List what a school improved, newest first",
        None,
        replies.Improvements,
    ),
    Command(
        "/schools/{school_id}/improvements",
        "enrollment",
        "publish_improvement",
        "Publish an improvement and the opinions it answers",
        requests.PublishImprovement,
        replies.ImprovementState,
    ),
)


def add_to(blueprint: Blueprint) -> None:
    """Add these routes."""
    add_routes(blueprint, ROUTES)
