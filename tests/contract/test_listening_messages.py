"""Notices, surveys and opinions: every reply and every event against its schema."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from marshmallow import Schema

from chassis.testing.world import fresh_sqlite
from contracts.enrollment.notices import Notice, Notices, NoticeState, Receipt
from contracts.enrollment.opinions import Improvements, ImprovementState, Opinions, OpinionState
from contracts.enrollment.surveys import AnswerState, Demand, Survey, Surveys, SurveyState
from contracts.schemas import schema_of
from services.enrollment import migrations
from tests.component.enrollment.listening import HERE, PUPILS, Listening, listen
from tests.component.enrollment.world import SCHOOL, office, open_world
from tests.published import schemas

EVENTS = schemas("enrollment")

MONDAY = {"weekday": 1, "service_kind": "after_school_custody"}


@pytest.fixture
def school(tmp_path: Path) -> Iterator[Listening]:
    opened = open_world(fresh_sqlite(tmp_path / "enrollment.sqlite", migrations))
    yield listen(opened)
    opened.service.database.close()


def check(schema: Schema, reply: dict[str, Any]) -> None:
    """Say whether ``reply`` has exactly the fields of ``schema``, in depth."""
    shown = schema.dump(reply)
    assert schema.validate(shown) == {}
    assert set(schema.fields) == set(shown)
    assert shown == reply


def test_replies_and_events_have_the_published_shape(school: Listening):
    parent, child = school.family_of("李三三"), school.pupils["李三三"]["student_id"]
    notice = {"notice_id": school.tell()}
    survey = {"survey_id": school.ask("satisfaction")}
    for name in PUPILS:
        school.say(survey["survey_id"], name, answers={"more": "yes", "joy": 4, "words": "好"})
    wished = {"survey_id": school.ask("demand")}
    said = {"student_id": child, "wishes": [MONDAY]}
    term = {"term_id": school.term_id}
    opinion = {"source": "guardian", "text": "好"}
    told = {"term_id": school.term_id, "audience": "pupils", "kind": "service"}
    words = {"title": "通知", "text": "内容"}
    asked = {**term, "purpose": "demand", "audience": "guardians", "anonymous": True}

    given = school.world.ok(parent, "give_opinion", HERE, opinion)
    about = {"opinion_id": given["opinion_id"]}
    check(schema_of(OpinionState)(), given)
    for schema, who, operation, params, body in (
        (schema_of(NoticeState)(), office(), "publish_notice", HERE, {**told, **words}),
        (schema_of(Receipt)(), parent, "read_notice", notice, {}),
        (schema_of(Notices)(), office(), "list_notices", HERE, {}),
        (schema_of(Notice)(), parent, "get_notice", notice, {}),
        (schema_of(Surveys)(), parent, "list_surveys", HERE, {}),
        (schema_of(AnswerState)(), parent, "answer_survey", wished, said),
        (schema_of(Survey)(), parent, "get_survey", wished, {}),
        (schema_of(Survey)(), office(), "get_survey", survey, {}),
        (schema_of(SurveyState)(), office(), "close_survey", survey, {"response": "好"}),
        (schema_of(Survey)(), parent, "get_survey", survey, {}),
        (schema_of(Demand)(), office(), "get_demand", HERE, term),
        (schema_of(SurveyState)(), office(), "open_survey", HERE, asked),
        (schema_of(OpinionState)(), office(), "answer_opinion", about, {"reply": "好"}),
        (schema_of(ImprovementState)(), office(), "publish_improvement", HERE, words),
        (schema_of(Improvements)(), parent, "list_improvements", HERE, {}),
        (schema_of(Opinions)(), office(), "list_opinions", HERE, {}),
    ):
        check(schema, school.world.ok(who, operation, params, body))

    for event in school.world.events(SCHOOL):
        schema = EVENTS[event["type"], event["schema_version"]]
        assert schema.validate(event["data"]) == {}, event
