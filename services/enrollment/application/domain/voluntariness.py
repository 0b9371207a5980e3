"""Voluntariness: signs in a class's answers that families may have been made to apply (P2-006).

Rules:
    1. Full take-up: in a class of ten pupils or more everybody has applied and nobody declined.
       A family that declined and then applied counts as applied: pressure looks like that too.
    2. Burst: ten pupils or more of one class were applied for within five minutes, as where a
       whole class is made to send the form together. The densest such span of a class is shown.
    3. An alert is a question to ask, not a finding: nothing is refused because of it.

Two further signs cannot be told from what is recorded, and are not: that a family who declined was
held at a disadvantage later (no fact of this platform says so; the anonymous report
``forced_enrolment`` is for that), and that one device sent many forms (devices are not recorded).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

CLASS_FROM = 10
BURST_FROM = 10
BURST_WITHIN = timedelta(minutes=5)

Kind = Literal["full_take_up", "burst"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One application: for whom, by which guardian's account, when."""

    student_id: str
    guardian_id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassAnswers:
    """What the families of one class answered in a term; ``declined``: whose answer now is no."""

    class_id: str
    pupils: frozenset[str]
    sent: Sequence[Sent]
    declined: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """A sign in one class: how many pupils were applied for, by how many accounts, from when on."""

    kind: Kind
    class_id: str
    pupils: int
    applications: int
    accounts: int
    first_at: datetime
    last_at: datetime


def alerts(classes: Iterable[ClassAnswers]) -> list[Alert]:
    """Return the signs of every class, class by class."""
    found = []
    for answers in sorted(classes, key=lambda each: each.class_id):
        sent = sorted(answers.sent, key=lambda each: (each.at, each.student_id))
        if _full_take_up(answers, sent):
            found.append(_alert("full_take_up", answers, sent))
        densest = _densest(sent)
        if len({each.student_id for each in densest}) >= BURST_FROM:
            found.append(_alert("burst", answers, densest))
    return found


def _full_take_up(answers: ClassAnswers, sent: Sequence[Sent]) -> bool:
    return (
        len(answers.pupils) >= CLASS_FROM
        and not answers.declined
        and answers.pupils <= {each.student_id for each in sent}
    )


def _densest(sent: Sequence[Sent]) -> Sequence[Sent]:
    """Return the first span of five minutes in which most pupils were applied for."""
    best: tuple[int, int, int] = (0, 0, 0)
    inside: Counter[str] = Counter()
    start = 0
    for end, last in enumerate(sent):
        inside[last.student_id] += 1
        while last.at - sent[start].at > BURST_WITHIN:
            inside[sent[start].student_id] -= 1
            start += 1
        pupils = sum(times > 0 for times in inside.values())
        if pupils > best[0]:
            best = (pupils, start, end + 1)
    return sent[best[1] : best[2]]


def _alert(kind: Kind, answers: ClassAnswers, sent: Sequence[Sent]) -> Alert:
    return Alert(
        kind=kind,
        class_id=answers.class_id,
        pupils=len(answers.pupils),
        applications=len({each.student_id for each in sent}),
        accounts=len({each.guardian_id for each in sent}),
        first_at=sent[0].at,
        last_at=sent[-1].at,
    )
