"""A roster of say 50,000 pupils, all new, then the same again, then everybody one grade up.

Every pupil has an identity number, a student number, a birth date and two guardians with phones.
Each step is a process of its own, forked from one that has imported enrollment and nothing else
(``python -m tests.bench.importing …``): seconds from the request to the reply with a verdict per
row, and the most memory that the process ever held.
"""

from __future__ import annotations

import base64
import json
import multiprocessing
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Literal, TypedDict

from chassis.assembly import build
from chassis.clock import MachineClock
from chassis.testing.world import Silent, call, settings_for
from hp3.sample.people import pupils_of
from services.enrollment.definition import DEFINITION
from services.enrollment.register.roster.lines import Guardian, Pupil
from services.enrollment.register.roster.oneroster_writer import write_oneroster
from tests.bench.place import Kind, Place
from tests.bench.units import Count, Megabytes, Seconds
from tests.component.enrollment.world import OUTCOMES, SCHOOL, office, open_world
from tests.unit.enrollment.roster.files import excel_file, identity_number

GUARDIANS = 2
GRADES = (1, 2, 3, 4, 5)
CLASSES_OF_A_GRADE = 90
FIRST_BIRTHDAY = date(2014, 9, 1)
RELATIONS = {"father": "父亲", "mother": "母亲", "grandparent": "祖父母"}
HEADER = (
    "姓名 性别 出生日期 身份证号 学籍号 年级 班级 "
    "监护人1姓名 监护人1关系 监护人1电话 监护人2姓名 监护人2关系 监护人2电话"
).split()

Step = tuple[str, str, str]
"""(operation, file, what becomes of every row)."""


class Figures(TypedDict):
    rows: Count
    guardians: Count
    file_mb: Megabytes
    dry_run_seconds: Seconds
    dry_run_peak_mb: Megabytes
    import_seconds: Seconds
    import_peak_mb: Megabytes
    again_seconds: Seconds
    again_peak_mb: Megabytes
    next_year_seconds: Seconds
    next_year_peak_mb: Megabytes


def measure(
    place: Place, rows: int, *, kind: Literal["xlsx", "oneroster"], database: Kind
) -> Figures:
    """Return seconds and peak memory of a dry run, an import, a repeat, and a new school year."""
    url, folder = place.database(database), place.folder()
    open_world(url).service.database.close()
    pupils = list(_pupils(rows))
    first, later = folder / f"first-{kind}", folder / f"later-{kind}"
    first.write_bytes(WRITERS[kind](pupils))
    later.write_bytes(WRITERS[kind]([_one_grade_up(pupil) for pupil in pupils]))
    steps: Sequence[Step] = (
        ("check_roster", str(first), "created"),
        ("import_roster", str(first), "created"),
        ("import_roster", str(first), "unchanged"),
        ("import_roster", str(later), "updated"),
    )
    dry_run, imported, again, next_year = _in_processes(url, steps, rows)
    return {
        "rows": rows,
        "guardians": GUARDIANS * rows,
        "file_mb": round(first.stat().st_size / 2**20, 3),
        "dry_run_seconds": dry_run[0],
        "dry_run_peak_mb": dry_run[1],
        "import_seconds": imported[0],
        "import_peak_mb": imported[1],
        "again_seconds": again[0],
        "again_peak_mb": again[1],
        "next_year_seconds": next_year[0],
        "next_year_peak_mb": next_year[1],
    }


def _in_processes(
    database_url: str, steps: Sequence[Step], rows: int
) -> Sequence[tuple[float, float]]:
    """Return the seconds and the peak memory (MB) of each step."""
    command = [sys.executable, "-m", "tests.bench.importing", database_url, json.dumps(steps)]
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
    done: list[tuple[float, float, dict[str, int]]] = json.loads(said)
    for (operation, file, outcome), (_, _, counted) in zip(steps, done, strict=True):
        assert counted[outcome] == rows, (operation, file, counted)
    return [(seconds, peak) for seconds, peak, _ in done]


def _do(database_url: str, operation: str, file: str) -> tuple[float, float, dict[str, int]]:
    service = build(DEFINITION, settings_for(database_url), MachineClock(), {"safety": Silent()})
    content = base64.b64encode(Path(file).read_bytes()).decode()
    body = {"filename": Path(file).name, "content_base64": content}
    key = None if operation == "check_roster" else f"{file}-{time.time_ns()}"
    started = time.perf_counter()
    reply = call(service, office(), operation, {"school_id": SCHOOL}, body, idempotency_key=key)
    seconds = time.perf_counter() - started
    service.database.close()
    assert reply["status"] == "ok", reply
    counted = {outcome: reply["body"][outcome] for outcome in OUTCOMES}
    assert len(reply["body"]["rows"]) == sum(counted.values())
    return round(seconds, 2), _peak_mb(), counted


def _peak_mb() -> int:
    # Not getrusage: that counts what the parent held when it forked.
    lines = Path("/proc/self/status").read_text().splitlines()
    peak = next(line for line in lines if line.startswith("VmHWM:"))
    return int(peak.split()[1]) // 1024


def _pupils(rows: int) -> Iterator[Pupil]:
    for index, pupil in enumerate(pupils_of(1, GRADES, rows)):
        born_on = FIRST_BIRTHDAY + timedelta(days=index % 1500)
        number = identity_number(born_on, index // 1500 * 2 + index % 2)
        yield replace(
            pupil,
            class_name=f"{pupil.class_name[:3]}{index % CLASSES_OF_A_GRADE + 1}班",
            gender="male" if index % 2 else "female",
            born_on=born_on,
            identity_number=number,
            student_number=f"G{number}",
            guardians=tuple(_guardian(pupil, index, seat) for seat in range(GUARDIANS)),
        )


def _guardian(pupil: Pupil, index: int, seat: int) -> Guardian:
    first = pupil.guardians[0]
    return replace(
        first,
        sourced_id=f"{first.sourced_id}-{seat}",
        relation=tuple(RELATIONS)[(index + seat) % 3],
        phone=f"1{38 + seat}{index:08}",
    )


def _one_grade_up(pupil: Pupil) -> Pupil:
    names = "一二三四五六"
    later = names[pupil.grade] + pupil.class_name[1:]
    return replace(pupil, grade=pupil.grade + 1, class_name=later)


def _workbook(pupils: Sequence[Pupil]) -> bytes:
    return excel_file(HEADER, *map(_cells, pupils))


def _cells(pupil: Pupil) -> list[str]:
    assert pupil.born_on is not None
    cells = [
        pupil.name,
        "男" if pupil.gender == "male" else "女",
        pupil.born_on.isoformat(),
        pupil.identity_number or "",
        pupil.student_number or "",
        f"{pupil.grade}年级",
        pupil.class_name,
    ]
    for each in pupil.guardians:
        cells += [each.name, RELATIONS[each.relation], each.phone or ""]
    return cells


WRITERS: Mapping[str, Callable[[Sequence[Pupil]], bytes]] = {
    "xlsx": _workbook,
    "oneroster": write_oneroster,
}


def _do_each(database_url: str, steps: Sequence[Step]) -> None:
    done = []
    for operation, file, _ in steps:
        with multiprocessing.get_context("fork").Pool(1) as pool:
            done.append(pool.apply(_do, (database_url, operation, file)))
    print(json.dumps(done))


if __name__ == "__main__":
    _do_each(sys.argv[1], json.loads(sys.argv[2]))
