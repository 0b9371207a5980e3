"""Notice: what a school tells families or staff, and who has opened it.

Rules:
    1. A notice is told to somebody: one to an audience without anybody is refused (P1-021, P2-055).
    2. It is published once, under its id; its words are in the vault, never in an event.
    3. Opening it leaves one receipt per reader; opening it again changes nothing.
    4. Only its audience leaves receipts. Pupils have no accounts: their guardian opens it for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from chassis.kernel.decider import Decider
from contracts.enrollment.notices import Audience, NoticePublished, NoticeRead
from services.enrollment.listening.domain import errors


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishNotice:
    """``recipients`` counts the audience as the register has it: guardians, pupils or staff."""

    notice_id: str
    school_id: str
    term_id: str
    audience: Audience
    kind: str
    recipients: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadNotice:
    """``family``: the reader is a guardian; else one of the staff."""

    notice_id: str
    school_id: str
    reader_id: str
    audience: Audience
    family: bool


@dataclass(frozen=True, slots=True)
class Unpublished:
    """There is no such notice."""


@dataclass(frozen=True, slots=True)
class Published:
    """Everybody it is for can read it."""


@dataclass(frozen=True, slots=True)
class Unread:
    """This reader has not opened it."""


@dataclass(frozen=True, slots=True)
class Opened:
    """This reader has opened it."""


Notice: TypeAlias = Unpublished | Published
Receipt: TypeAlias = Unread | Opened


def publish(state: Notice, command: PublishNotice) -> list[NoticePublished]:
    """Return the event of publishing: none when it is published already.

    Raises:
        BusinessRuleViolation: nobody would be told.
    """
    match state:
        case Published():
            return []
        case Unpublished():
            if command.recipients == 0:
                raise errors.NobodyToTell()
            return [
                NoticePublished(
                    notice_id=command.notice_id,
                    school_id=command.school_id,
                    term_id=command.term_id,
                    audience=command.audience,
                    kind=command.kind,
                    recipients=command.recipients,
                )
            ]
        case _:
            assert_never(state)


def published(_state: Notice, _event: NoticePublished) -> Notice:
    """Return the state after publishing."""
    return Published()


def open_notice(state: Receipt, command: ReadNotice) -> list[NoticeRead]:
    """Return the receipt: none when this reader left one already.

    Raises:
        BusinessRuleViolation: the notice is for others.
    """
    if command.family is (command.audience == "staff"):
        raise errors.NoticeForOthers()
    match state:
        case Opened():
            return []
        case Unread():
            return [
                NoticeRead(
                    notice_id=command.notice_id,
                    school_id=command.school_id,
                    reader_id=command.reader_id,
                )
            ]
        case _:
            assert_never(state)


def opened(_state: Receipt, _event: NoticeRead) -> Receipt:
    """Return the state after opening."""
    return Opened()


NOTICE: Decider[Notice, PublishNotice, NoticePublished] = Decider(Unpublished(), publish, published)
RECEIPT: Decider[Receipt, ReadNotice, NoticeRead] = Decider(Unread(), open_notice, opened)
"""One stream per notice and reader, so that a school's thousand receipts never meet."""
