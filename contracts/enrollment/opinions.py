"""Opinions, answers and improvements."""

from __future__ import annotations

from typing import Annotated

from contracts import roles
from contracts.shapes import Id, Length, OneOf, Page, Pattern, command, event, query, reply, request

MAX_LINKS = 200
SOURCES = ("pupil", "guardian", "public", "npc_deputy", "cppcc_member")
"""Whose an opinion is (P2-115)."""
OPINION_STATES = ("open", "settled")
"""``open``: without a reply, or without an improvement."""


@event
class OpinionReceived:
    """``guardian_id`` is null where the office or the bureau took it down."""

    opinion_id: Id
    school_id: Id
    source: Annotated[str, OneOf(SOURCES)]
    guardian_id: Id | None = None


@event
class OpinionAnswered:
    """``improvement_id`` is what the opinion led to, where the reply names it."""

    opinion_id: Id
    school_id: Id
    improvement_id: Id | None = None


@event
class ImprovementPublished:
    """In answer to opinions, or to a survey."""

    improvement_id: Id
    school_id: Id
    opinion_ids: tuple[str, ...]
    survey_id: Id | None = None


@request
class GiveOpinion:
    """``contact``: how to reach who said it, where the office or the bureau takes it down."""

    school_id: Id
    source: Annotated[str, OneOf(SOURCES)]
    text: Annotated[str, Length(0, 2000), Pattern(r"(?s).*\S", "Write something.")]
    contact: Annotated[str, Length(0, 100)] | None = None


@request
class AnswerOpinion:
    opinion_id: Id
    reply: Annotated[str, Length(0, 2000), Pattern(r"(?s).*\S", "Write something.")]
    improvement_id: Id | None = None


@request
class PublishImprovement:
    """Names the opinions and the survey that it answers."""

    school_id: Id
    title: Annotated[str, Length(0, 80), Pattern(r"(?s).*\S", "Write something.")]
    text: Annotated[str, Length(0, 5000), Pattern(r"(?s).*\S", "Write something.")]
    opinion_ids: Annotated[tuple[Id, ...], Length(0, MAX_LINKS)] = ()
    survey_id: Id | None = None


@request
class ListOpinions(Page):
    school_id: Id
    state: Annotated[str, OneOf(OPINION_STATES)] | None = None


@request
class ListImprovements:
    school_id: Id


@reply
class OpinionState:
    """``state``: open until it has a reply and an improvement; ``waits_for`` names the next one."""

    opinion_id: str
    school_id: str
    source: str
    received_at: str
    state: str
    waits_for: str | None
    answered_at: str | None
    improvement_id: str | None


@reply
class Opinion(OpinionState):
    """``waiting_days`` runs until the reply. ``contact`` is not shown to families."""

    text: str
    contact: str | None
    reply: str | None
    waiting_days: int


@reply
class Opinions:
    items: tuple[Opinion, ...]
    next: str | None


@reply
class ImprovementState:
    """``opinions``: how many it answers."""

    improvement_id: str
    school_id: str
    survey_id: str | None
    published_at: str
    opinions: int


@reply
class Improvement(ImprovementState):
    title: str
    text: str


@reply
class Improvements:
    items: tuple[Improvement, ...]


LIST_OPINIONS = query(
    "list_opinions",
    "/schools/{school_id}/opinions",
    "List opinions about a school's service; a guardian's own",
    ListOpinions,
    Opinions,
    roles=("guardian", "school_office", "bureau"),
)
GIVE_OPINION = command(
    "give_opinion",
    "/schools/{school_id}/opinions",
    "Give an opinion, or take down what somebody said",
    GiveOpinion,
    OpinionState,
    roles=("guardian", "school_office", "bureau"),
)
ANSWER_OPINION = command(
    "answer_opinion",
    "/opinions/{opinion_id}/answer",
    "Reply to an opinion",
    AnswerOpinion,
    OpinionState,
    roles=("school_office",),
)
LIST_IMPROVEMENTS = query(
    "list_improvements",
    "/schools/{school_id}/improvements",
    "List what a school improved, newest first",
    ListImprovements,
    Improvements,
    roles=roles.EVERYBODY,
)
PUBLISH_IMPROVEMENT = command(
    "publish_improvement",
    "/schools/{school_id}/improvements",
    "Publish an improvement and the opinions it answers",
    PublishImprovement,
    ImprovementState,
    roles=("school_office",),
)
