"""A rebuild of a long log while commands are written and pages are read: time, memory, waiting."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any, TypedDict

from chassis.assembly import build
from chassis.clock import MachineClock, new_id
from chassis.eventsourcing.tables import EVENT_COLUMNS
from chassis.eventsourcing.unit_of_work import unit_of_work
from chassis.kernel.call import SYSTEM, Call, Principal
from chassis.messaging.in_process import InProcessBus
from chassis.service import Service
from chassis.testing.world import Silent, call, settings_for
from contracts.attendance.sessions import PupilCheckedIn
from services.attendance.definition import DEFINITION as ATTENDANCE
from services.audit.definition import DEFINITION as AUDIT
from services.audit.rebuilds import record, work
from tests.bench.place import Place
from tests.bench.units import Count, Holds, Megabytes, Milliseconds, PerSecond, Seconds
from tests.component.audit.logs import Logs

SCHOOLS = 50
CHILDREN = 1000
COMMANDS_PER_SECOND = 200
OPERATOR = Principal(account_id="bench", role="operator")


class Meanwhile(TypedDict):
    """How the others fared."""

    commands_per_second: PerSecond
    command_max_ms: Milliseconds
    reads: Count
    read_median_ms: Milliseconds
    read_max_ms: Milliseconds
    reads_wrong: Count


class Figures(Meanwhile):
    events: Count
    jobs: Count
    seconds: Seconds
    per_second: PerSecond
    comparison_clean: Holds
    peak_mb_of_a_process: Megabytes
    rollback_seconds: Seconds
    rollback_clean: Holds
    lost: Count


def measure(place: Place, events: int, *, jobs: int) -> Figures:
    """Return what a rebuild of ``events`` events costs beside 200 commands a second."""
    owner = build(
        ATTENDANCE,
        settings_for(place.database("postgresql")),
        MachineClock(),
        {"enrollment": Silent()},
    )
    audit_url = place.database("postgresql")
    schools = [f"school-{number}" for number in range(SCHOOLS)]
    fill(owner, schools, events)
    oversight = open_audit(audit_url, owner, schools)
    assert oversight.subscriber is not None
    oversight.subscriber.catch_up()
    with _Life(owner, oversight) as life:
        rebuilt = _run(oversight, audit_url, "request_rebuild", jobs)
        back = _run(oversight, audit_url, "rollback_views", jobs)
    oversight.subscriber.catch_up()
    lost = sum(owner.log.heads().values()) - sum(
        place["seq"]
        for place in oversight.subscriber.checkpoints.all()
        if place["service"] == "attendance"
    )
    for service in (owner, oversight):
        service.database.close()
    return {
        "events": rebuilt["events"],
        "jobs": jobs,
        "seconds": rebuilt["seconds"],
        "per_second": round(rebuilt["events"] / rebuilt["seconds"]),
        "comparison_clean": rebuilt["equal"],
        "peak_mb_of_a_process": rebuilt["peak_mb"],
        "rollback_seconds": back["seconds"],
        "rollback_clean": back["equal"],
        "lost": lost,
        **life.figures(),
    }


class _Life:
    """Commands, ingest and readers beside the rebuild."""

    def __init__(self, owner: Service, oversight: Service) -> None:
        assert oversight.subscriber is not None
        self._owner, self._oversight = owner, oversight
        self._bus = InProcessBus([oversight.subscriber])
        self._stopping = threading.Event()
        self._reads: list[float] = []
        self._writes: list[float] = []
        self._wrong = 0
        bodies = (self._write, self._read)
        self._threads = [threading.Thread(target=body, daemon=True) for body in bodies]

    def __enter__(self) -> _Life:
        self._bus.start()
        self._started = time.perf_counter()
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        for thread in self._threads:
            thread.join()
        self._seconds = time.perf_counter() - self._started
        self._bus.stop()

    def figures(self) -> Meanwhile:
        """Return what was written and read since it began."""
        return {
            "commands_per_second": round(len(self._writes) / self._seconds),
            "command_max_ms": round(max(self._writes) * 1000),
            "reads": len(self._reads),
            "read_median_ms": round(sorted(self._reads)[len(self._reads) // 2] * 1000, 1),
            "read_max_ms": round(max(self._reads) * 1000),
            "reads_wrong": self._wrong,
        }

    def _write(self) -> None:
        number, due = 0, time.perf_counter()
        while not self._stopping.is_set():
            due += 1 / COMMANDS_PER_SECOND
            if (pause := due - time.perf_counter()) > 0:
                self._stopping.wait(pause)
            number += 1
            started = time.perf_counter()
            school = f"school-{number % SCHOOLS}"
            asked = Call(principal=SYSTEM, now=MachineClock().now(), correlation_id="bench")
            with unit_of_work(self._owner.log, school, asked) as unit:
                unit.append(f"live-{number}", [_checked_in(school, f"live-{number}")])
            self._writes.append(time.perf_counter() - started)

    def _read(self) -> None:
        while not self._stopping.wait(0.02):
            started = time.perf_counter()
            reply = call(self._oversight, OPERATOR, "oversight", {"view": "custody"}, {})
            self._reads.append(time.perf_counter() - started)
            self._wrong += reply["status"] != "ok"


def _run(oversight: Service, audit_url: str, operation: str, jobs: int) -> dict[str, Any]:
    asked = {"views": [], "reason": "measured"}
    reply = call(oversight, OPERATOR, operation, {}, asked)
    assert reply["status"] == "ok", reply
    started = time.perf_counter()
    process = multiprocessing.get_context("spawn").Process(target=_work, args=(audit_url, jobs))
    process.start()
    peak = _peak_of(process)
    process.join()
    seconds = time.perf_counter() - started
    with oversight.database.read() as connection:
        rebuild = record.get(connection, reply["body"]["rebuild_id"])
    assert rebuild.report is not None
    assert rebuild.state == "swapped", rebuild.state
    return {
        "events": rebuild.report["events"],
        "equal": rebuild.report["equal"],
        "seconds": round(seconds, 1),
        "peak_mb": peak,
    }


def _work(audit_url: str, jobs: int) -> None:
    service = open_audit(audit_url, None, [])
    work.work(service.log, MachineClock(), jobs=jobs)


def open_audit(url: str, owner: Service | None, schools: Sequence[str]) -> Service:
    """Return audit, listening to the owner and to what enrollment said of its schools."""
    sources: dict[str, Any] = {name: Silent() for name in AUDIT.listens_to}
    registered = Logs()
    for school in schools:
        registered.school(school)
    sources["enrollment"] = registered["enrollment"]
    if owner is not None:
        sources["attendance"] = owner.log
    return build(AUDIT, settings_for(url), MachineClock(), sources)


def _peak_of(process: Any) -> int:
    """Return the largest resident size (MB) of the process, or of any one that it starts."""
    peak = 0
    while process.is_alive():
        peak = max([peak, *map(_resident, _family(process.pid))])
        process.join(0.05)
    return peak


def _family(pid: int) -> Iterator[int]:
    yield pid
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = path.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from _family(int(child))


def _resident(pid: int) -> int:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") // 1_000_000


def fill(owner: Service, schools: Sequence[str], events: int) -> None:
    """Put a year's days into the owner's log: children checked in and handed over."""
    each = events // len(schools)
    for school in schools:
        text = StringIO()
        for seq in range(1, each + 1):
            text.write("\t".join(map(str, _row(school, seq))) + "\n")
        text.seek(0)
        with owner.database.write() as connection:
            cursor = connection.connection.cursor()
            cursor.copy_expert(f"COPY events ({', '.join(EVENT_COLUMNS)}) FROM STDIN", text)
            cursor.execute("INSERT INTO partition_heads VALUES (%s, %s)", (school, each))


def _row(school: str, seq: int) -> tuple[Any, ...]:
    step, child = seq % 2, (seq - 1) // 2 % CHILDREN
    day = f"2026-{9 + (seq // 2 // CHILDREN) // 28 % 4:02d}-{1 + (seq // 2 // CHILDREN) % 28:02d}"
    place = (
        f'"student_id":"{school}-{child}","session_id":"s-{child // 40}-{day}",'
        f'"class_id":"c-{child // 40}","date":"{day}"'
    )
    handed = (
        f'{{{place},"school_id":"{school}","receiver_id":"r","relation":"mother",'
        '"proof":["one_time_code"],"guard_id":"g","code_id":"c","place":"gate"}'
    )
    name, data = ("PupilCheckedIn", f"{{{place}}}") if step else ("ChildHandedOver", handed)
    at = f"{day}T15:30:00.000+08:00"
    head = (school, seq, new_id(), f"custody-{child}-{day}-{seq}", 1, name, 1, at, at)
    return (*head, "bench", "system", "bench", "\\N", "\\N", "\\N", data)


def _checked_in(school: str, student_id: str) -> PupilCheckedIn:
    return PupilCheckedIn(
        student_id=student_id,
        session_id=f"live-{school}",
        class_id="live",
        date=date(2026, 12, 31),
    )
