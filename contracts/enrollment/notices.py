"""Notices with receipts."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from contracts import roles
from contracts.shapes import (
    Id,
    Length,
    OneOf,
    Page,
    Pattern,
    Range,
    command,
    event,
    query,
    reply,
    request,
)

AUDIENCES = ("guardians", "staff", "pupils")
NOTICE_KINDS = (
    "service",
    "notice_letter",
    "info_prompt",
    "parents_meeting",
    "service_content",
    "plan_change",
)
Audience: TypeAlias = Literal["guardians", "staff", "pupils"]


@event
class NoticePublished:
    """``recipients`` counts the audience on the register that day."""

    notice_id: Id
    school_id: Id
    term_id: Id
    audience: Audience
    kind: Annotated[str, OneOf(NOTICE_KINDS)]
    recipients: Annotated[int, Range(0)]


@event
class NoticeRead:
    """Once per reader, a guardian or one of the staff."""

    notice_id: Id
    school_id: Id
    reader_id: Id


@request
class PublishNotice:
    school_id: Id
    term_id: Id
    audience: Audience
    kind: Annotated[str, OneOf(NOTICE_KINDS)]
    title: Annotated[str, Length(0, 80), Pattern(r"(?s).*\S", "Write something.")]
    text: Annotated[str, Length(0, 5000), Pattern(r"(?s).*\S", "Write something.")]


@request
class ListNotices(Page):
    school_id: Id
    term_id: Id | None = None


@request
class GetNotice:
    notice_id: Id


@request
class ReadNotice:
    notice_id: Id


@reply
class NoticeState:
    """``recipients``: how many of the audience were on the register when it was published."""

    notice_id: str
    school_id: str
    term_id: str
    audience: str
    kind: str
    published_at: str
    recipients: int


@reply
class NoticeEntry(NoticeState):
    """``read``: by the caller; null to whom it is not for. ``readers``: shown to the school's
    office and the bureau only; of pupils those whose guardian opened it.
    """

    title: str
    read: bool | None
    readers: int | None


@reply
class Notice(NoticeEntry):
    text: str


@reply
class Notices:
    items: tuple[NoticeEntry, ...]
    next: str | None


@reply
class Receipt:
    notice_id: str
    school_id: str
    read: bool


LIST_NOTICES = query(
    "list_notices",
    "/schools/{school_id}/notices",
    "List a school's notices, newest first",
    ListNotices,
    Notices,
    roles=roles.EVERYBODY,
)
PUBLISH_NOTICE = command(
    "publish_notice",
    "/schools/{school_id}/notices",
    "Publish a notice to guardians, pupils or staff",
    PublishNotice,
    NoticeState,
    roles=("school_office",),
)
GET_NOTICE = query(
    "get_notice",
    "/notices/{notice_id}",
    "Show a notice",
    GetNotice,
    Notice,
    roles=roles.EVERYBODY,
)
READ_NOTICE = command(
    "read_notice",
    "/notices/{notice_id}/read",
    "Leave a receipt: I have opened this notice",
    ReadNotice,
    Receipt,
    roles=("guardian", "teacher", "gate_guard", "school_office", "school_finance"),
)
