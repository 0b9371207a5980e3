"""Opinions, their replies, and the improvements they lead to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from chassis.clock import new_id
from chassis.eventsourcing.handling import CommandHandler, Handles, Reading, Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import CHINA, Call
from contracts.enrollment import opinions as said
from services.enrollment.listening.domain import errors
from services.enrollment.listening.domain.improvement import IMPROVEMENT, PublishImprovement
from services.enrollment.listening.domain.opinion import OPINION, AnswerOpinion, GiveOpinion
from services.enrollment.listening.handlers.surveys import survey
from services.enrollment.listening.tables import opinions
from services.enrollment.register.handlers import access
from services.enrollment.register.handlers.schools import own_school

LISTENERS = access.OFFICE | access.BUREAU
READERS = access.STAFF | {"guardian", "bureau"}
STATE = ("opinion_id", "school_id", "source", "received_at", "answered_at", "improvement_id")


def give_opinion(work: UnitOfWork, request: said.GiveOpinion, call: Call) -> Reply:
    opinion_id = new_id()
    command = GiveOpinion(
        opinion_id=opinion_id,
        school_id=work.partition,
        source=request.source,
        guardian_id=_guardian(call),
    )
    decision = work.execute(OPINION, f"opinion-{opinion_id}", command)
    work.vault.put(opinion_id, text=request.text, contact=request.contact)
    return _reply(work, opinion_id, decision.version, created=True)


def answer_opinion(work: UnitOfWork, request: said.AnswerOpinion, call: Call) -> Reply:
    row = opinion(work.connection, request.opinion_id, call)
    opinion_id, improvement_id = row["opinion_id"], request.improvement_id
    if improvement_id is not None:
        _improvement(work, improvement_id)
    before = work.vault.get(opinions.reply_subject(opinion_id), "reply")
    command = AnswerOpinion(
        improvement_id=improvement_id, reworded=before not in (None, request.reply)
    )
    decision = work.execute(OPINION, f"opinion-{opinion_id}", command)
    if before is None:
        work.vault.put(opinions.reply_subject(opinion_id), reply=request.reply)
    return _reply(work, opinion_id, decision.version)


def publish_improvement(work: UnitOfWork, request: said.PublishImprovement, call: Call) -> Reply:
    opinion_ids = tuple(dict.fromkeys(request.opinion_ids))
    for each in opinion_ids:
        if opinion(work.connection, each, call)["school_id"] != work.partition:
            raise _unknown()
    survey_id = request.survey_id
    if survey_id is not None:
        survey(work.connection, survey_id, call)
    improvement_id = new_id()
    command = PublishImprovement(
        improvement_id=improvement_id,
        school_id=work.partition,
        opinion_ids=opinion_ids,
        survey_id=survey_id,
    )
    decision = work.execute(IMPROVEMENT, f"improvement-{improvement_id}", command)
    work.vault.put(improvement_id, title=request.title, text=request.text)
    return Reply(_improvement(work, improvement_id), decision.version, created=True)


def list_opinions(reading: Reading, request: said.ListOpinions) -> dict[str, Any]:
    """All of a school for its office and bureau; a guardian's own."""
    school = access.school(reading.connection, request.school_id, reading.call)
    found = opinions.of_school(
        reading.connection,
        school["school_id"],
        guardian_id=_guardian(reading.call),
        state=request.state,
        after=request.after,
        limit=request.limit,
    )
    ids = [row["opinion_id"] for row in found]
    words = reading.vault.session(reading.connection).get_many(
        [*ids, *map(opinions.reply_subject, ids)]
    )
    full = len(found) == request.limit
    items = [_described(row, words, reading.call) for row in found]
    return {"items": items, "next": items[-1]["opinion_id"] if full else None}


def list_improvements(reading: Reading, request: said.ListImprovements) -> dict[str, Any]:
    school = access.school(reading.connection, request.school_id, reading.call)
    found = opinions.improvements_of(reading.connection, school["school_id"])
    words = reading.vault.session(reading.connection).get_many(
        [row["improvement_id"] for row in found]
    )
    return {"items": [{**row, **words.get(row["improvement_id"], {})} for row in found]}


def opinion(connection: Connection, opinion_id: str, call: Call) -> dict[str, Any]:
    """Return an opinion about a school that the caller reaches."""
    found = opinions.opinion(connection, opinion_id)
    if found is None or not access.reaches_school(connection, found["school_id"], call):
        raise _unknown()
    return found


def _unknown() -> errors.OpinionUnknown:
    return errors.OpinionUnknown("not-yours")


def _improvement(work: UnitOfWork, improvement_id: str) -> dict[str, Any]:
    found = opinions.improvement(work.connection, improvement_id)
    if found is None or found["school_id"] != work.partition:
        raise errors.ImprovementUnknown()
    return found


def _guardian(call: Call) -> str | None:
    return call.principal.person_id if call.principal.role == "guardian" else None


def _state(row: dict[str, Any]) -> dict[str, Any]:
    waits_for = (
        "reply"
        if row["answered_at"] is None
        else "improvement"
        if row["improvement_id"] is None
        else None
    )
    state = "open" if waits_for else "settled"
    return {**{name: row[name] for name in STATE}, "state": state, "waits_for": waits_for}


def _described(row: dict[str, Any], words: dict[str, dict[str, str]], call: Call) -> dict[str, Any]:
    said = words.get(row["opinion_id"], {})
    until = row["answered_at"] or call.now.isoformat()
    received = datetime.fromisoformat(row["received_at"]).astimezone(CHINA).date()
    waited = datetime.fromisoformat(until).astimezone(CHINA).date() - received
    return {
        **_state(row),
        "text": said.get("text", ""),
        "contact": said.get("contact") if call.principal.role in LISTENERS else None,
        "reply": words.get(opinions.reply_subject(row["opinion_id"]), {}).get("reply"),
        "waiting_days": waited.days,
    }


def _reply(work: UnitOfWork, opinion_id: str, version: int, *, created: bool = False) -> Reply:
    row = opinions.opinion(work.connection, opinion_id)
    assert row is not None
    return Reply(_state(row), version, created=created)


def _of_opinion(connection: Connection, request: Any, call: Call) -> str:
    return str(opinion(connection, request.opinion_id, call)["school_id"])


HANDLES: Handles = {
    said.GIVE_OPINION: CommandHandler(give_opinion, own_school),
    said.ANSWER_OPINION: CommandHandler(answer_opinion, _of_opinion),
    said.PUBLISH_IMPROVEMENT: CommandHandler(publish_improvement, own_school),
    said.LIST_OPINIONS: list_opinions,
    said.LIST_IMPROVEMENTS: list_improvements,
}
