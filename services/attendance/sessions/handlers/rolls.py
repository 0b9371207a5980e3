"""The roll of a session: everybody expected gets a status, in one request and one append."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from marshmallow import ValidationError

from chassis.eventsourcing.handling import Reading, Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from contracts.attendance import sessions as said
from contracts.attendance.sessions import Absence, RollException, RollTaken
from services.attendance.custody.domain.custody import CUSTODY, CheckIn, MarkAbsent
from services.attendance.custody.domain.whereabouts import Custody, HandedOver
from services.attendance.custody.tables import board
from services.attendance.sessions.domain.session import SESSION, Open, TakeRoll, stream_of
from services.attendance.sessions.expecting import expected_in
from services.attendance.sessions.scope import seen
from services.attendance.sessions.tables import sessions


def take_roll(work: UnitOfWork, request: said.TakeRoll, call: Call) -> Reply[said.Roll]:
    session = seen(work.connection, request.session_id, call)
    expected = expected_in(work.connection, session)
    custody = _custody(work, expected, session.date)
    gone = {
        student: state.where.session_id
        for student, state in custody.items()
        if isinstance(state.where, HandedOver)
    }
    exceptions = request.exceptions
    _check(exceptions, expected, {s for s, left in gone.items() if left == session.session_id})
    command = TakeRoll(
        expected=tuple(expected),
        exceptions=tuple(
            RollException(student_id=item.student_id, status=item.status) for item in exceptions
        ),
        gone=gone,
        today=call.today,
    )
    stream_id = stream_of(session.class_id, session.date, session.service_kind, session.offering_id)
    decision = work.execute(SESSION, stream_id, command)
    assert isinstance(decision.state, Open)
    assert decision.state.roll is not None
    changed = _move(work, decision.state.roll, custody)
    return Reply(_counts(decision.state.roll, changed), decision.version)


def get_session(reading: Reading, request: said.GetSession) -> said.SessionRoster:
    session = seen(reading.connection, request.session_id, reading.call)
    roll = sessions.roll_of(reading.connection, session.session_id)
    statuses = dict.fromkeys(expected_in(reading.connection, session), "expected")
    statuses |= dict.fromkeys(roll.present, "present")
    statuses |= {item.student_id: item.status for item in roll.exceptions}
    here = board.of_session(reading.connection, session.school_id, session.date, session.session_id)
    statuses |= {s: "handed_over" for s, child in here.items() if child.status == "handed_over"}
    roster = tuple(
        said.RosterEntry(
            student_id=student,
            status=status,
            since=here[student].since if student in here else session.roll_taken_at,
        )
        for student, status in sorted(statuses.items())
    )
    return said.SessionRoster(**session._asdict(), roster=roster)


def _custody(work: UnitOfWork, students: Sequence[str], day: str) -> dict[str, Custody]:
    states = work.load_many(CUSTODY, [f"custody-{student}-{day}" for student in students])
    return dict(zip(students, states.values(), strict=True))


def _check(
    exceptions: Sequence[said.RollEntry], expected: Collection[str], gone: Collection[str]
) -> None:
    wrong: dict[int, dict[str, list[str]]] = {}
    listed: set[str] = set()
    for index, item in enumerate(exceptions):
        student = item.student_id
        if student in listed:
            wrong[index] = {"student_id": ["重复填写。 Listed twice."]}
        elif student not in expected:
            wrong[index] = {
                "student_id": [
                    "这个班的此项服务没有这个学生。 Not enrolled in this class and service."
                ]
            }
        elif student in gone:
            wrong[index] = {"status": ["已从本班次交接离校。 Was handed over from this session."]}
        listed.add(student)
    if wrong:
        raise ValidationError({"exceptions": wrong})


def _move(work: UnitOfWork, roll: RollTaken, custody: Mapping[str, Custody]) -> int:
    away = {item.student_id: item.status for item in roll.exceptions if item.status != "late"}
    changed = 0
    for student, state in custody.items():
        status = away.get(student)
        if status == "left":
            continue
        events = CUSTODY.decide(state, _according_to(roll, student, status))
        work.append(f"custody-{student}-{roll.date.isoformat()}", events)
        changed += len(events)
    return changed


def _according_to(roll: RollTaken, student_id: str, status: Absence | None) -> CheckIn | MarkAbsent:
    if status is None:
        return CheckIn(
            student_id=student_id,
            session_id=roll.session_id,
            class_id=roll.class_id,
            date=roll.date,
        )
    return MarkAbsent(
        student_id=student_id,
        session_id=roll.session_id,
        class_id=roll.class_id,
        date=roll.date,
        status=status,
    )


def _counts(roll: RollTaken, changed: int) -> said.Roll:
    counted = Counter(item.status for item in roll.exceptions)
    return said.Roll(
        session_id=roll.session_id,
        present=len(roll.present),
        absent=counted["absent"],
        leave=counted["leave"],
        late=counted["late"],
        left=counted["left"],
        changed=changed,
    )
