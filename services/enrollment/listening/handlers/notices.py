"""Telling families and staff; who has read it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from chassis.clock import new_id
from chassis.eventsourcing.handling import CommandHandler, Handles, Reading, Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from chassis.vault import Vault
from contracts.enrollment import notices as said
from contracts.enrollment.notices import Audience
from services.enrollment.listening.domain import errors
from services.enrollment.listening.domain.notice import NOTICE, RECEIPT, PublishNotice, ReadNotice
from services.enrollment.listening.tables import notices
from services.enrollment.register.handlers import access
from services.enrollment.register.handlers.schools import own_school

READERS = access.STAFF | {"guardian", "bureau"}
COUNTERS = frozenset({"school_office", "bureau"})
"""Who sees how many have read."""

TO_FAMILIES = ("guardians", "pupils")


def publish_notice(work: UnitOfWork, request: said.PublishNotice, _call: Call) -> Reply:
    term = access.term(work.connection, request.term_id, work.partition)
    texts = {"title": request.title, "text": request.text}
    return _publish(work, term["term_id"], request.audience, request.kind, texts)


def tell_of_the_changed_plan(work: UnitOfWork, term_id: str, version: int) -> None:
    """Tell the families that the plan they enrolled under has changed (P1-065)."""
    if notices.recipients(work.connection, work.partition, "guardians"):
        text = f"本学期课后服务方案已更新为第 {version} 版，经教育局审核通过。内容见学校公开页面。"
        texts = {"title": "课后服务方案有更新", "text": text}
        _publish(work, term_id, "guardians", "plan_change", texts)


def _publish(
    work: UnitOfWork, term_id: str, audience: Audience, kind: str, texts: dict[str, str]
) -> Reply:
    notice_id = new_id()
    command = PublishNotice(
        notice_id=notice_id,
        school_id=work.partition,
        term_id=term_id,
        audience=audience,
        kind=kind,
        recipients=notices.recipients(work.connection, work.partition, audience),
    )
    # Not ``execute``: in an approval the caller's If-Match is about the plan.
    stream_id = f"notice-{notice_id}"
    version = work.append(stream_id, NOTICE.decide(work.load(NOTICE, stream_id), command))
    work.vault.put(notice_id, **texts)
    row = notices.notice(work.connection, notice_id)
    assert row is not None
    return Reply(row, version, created=True)


def read_notice(work: UnitOfWork, request: said.ReadNotice, call: Call) -> Reply:
    row = notice(work.connection, request.notice_id, call)
    command = ReadNotice(
        notice_id=row["notice_id"],
        school_id=work.partition,
        reader_id=_reader(call),
        audience=row["audience"],
        family=call.principal.role == "guardian",
    )
    decision = work.execute(RECEIPT, f"receipt-{row['notice_id']}-{_reader(call)}", command)
    body = {"notice_id": row["notice_id"], "school_id": work.partition, "read": True}
    return Reply(body, decision.version)


def list_notices(reading: Reading, request: said.ListNotices) -> dict[str, Any]:
    school = access.school(reading.connection, request.school_id, reading.call)
    found = notices.of_school(
        reading.connection,
        school["school_id"],
        audiences=_audiences(reading.call),
        term_id=request.term_id,
        after=request.after,
        limit=request.limit,
    )
    full = len(found) == request.limit
    items = [
        {name: value for name, value in each.items() if name != "text"}
        for each in _described(reading.vault, reading.connection, found, reading.call)
    ]
    return {"items": items, "next": items[-1]["notice_id"] if full else None}


def get_notice(reading: Reading, request: said.GetNotice) -> dict[str, Any]:
    row = notice(reading.connection, request.notice_id, reading.call)
    return _described(reading.vault, reading.connection, [row], reading.call)[0]


def notice(connection: Connection, notice_id: str, call: Call) -> dict[str, Any]:
    """Return a notice of a school that the caller reaches; families know of theirs only."""
    found = notices.notice(connection, notice_id)
    if (
        found is None
        or found["audience"] not in _audiences(call)
        or not access.reaches_school(connection, found["school_id"], call)
    ):
        raise errors.NoticeUnknown()
    return found


def _audiences(call: Call) -> tuple[str, ...]:
    return TO_FAMILIES if call.principal.role == "guardian" else ("staff", *TO_FAMILIES)


def _reader(call: Call) -> str:
    return call.principal.person_id or call.principal.account_id


def _described(
    vault: Vault, connection: Connection, rows: list[dict[str, Any]], call: Call
) -> list[dict[str, Any]]:
    ids = [row["notice_id"] for row in rows]
    words = vault.session(connection).get_many(ids)
    read = notices.read_by(connection, _reader(call), ids)
    role = call.principal.role
    counts = notices.readers(connection, rows) if role in COUNTERS else {}
    return [
        {
            **row,
            "title": words.get(row["notice_id"], {}).get("title", ""),
            "text": words.get(row["notice_id"], {}).get("text", ""),
            "read": row["notice_id"] in read if _is_for(row, role) else None,
            "readers": counts.get(row["notice_id"]),
        }
        for row in rows
    ]


def _is_for(row: dict[str, Any], role: str) -> bool:
    return role in access.GUARDIAN if row["audience"] in TO_FAMILIES else role in access.STAFF


def _of_notice(connection: Connection, request: Any, call: Call) -> str:
    return str(notice(connection, request.notice_id, call)["school_id"])


HANDLES: Handles = {
    said.PUBLISH_NOTICE: CommandHandler(publish_notice, own_school),
    said.READ_NOTICE: CommandHandler(read_notice, _of_notice),
    said.LIST_NOTICES: list_notices,
    said.GET_NOTICE: get_notice,
}
