"""A roster of 50,000 pupils, all new, then the same again, then everybody one grade up.

Every pupil has an identity number, a student number, a birth date and two guardians with phones.
Each step is a process of its own (``python -m tests.bench.importing …``): seconds from the request
to the reply with a verdict per row, and the most memory that the process ever held.
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from chassis.assembly import build
from chassis.clock import MachineClock
from chassis.service import Service
from chassis.testing.world import Silent, call, settings_for
from hp3.sample.people import pupils_of
from services.enrollment.definition import DEFINITION
from services.enrollment.roster.lines import Guardian, Pupil
from services.enrollment.roster.oneroster_writer import write_oneroster
from tests.component.enrollment.world import OUTCOMES, SCHOOL, office, open_world
from tests.unit.enrollment.roster.files import excel_file, identity_number

ROWS = 50_000
GRADES = (1, 2, 3, 4, 5)
CLASSES_OF_A_GRADE = 90
FIRST_BIRTHDAY = date(2014, 9, 1)
RELATIONS = {"father": "父亲", "mother": "母亲", "grandparent": "祖父母"}
HEADER = (
    "姓名 性别 出生日期 身份证号 学籍号 年级 班级 "
    "监护人1姓名 监护人1关系 监护人1电话 监护人2姓名 监护人2关系 监护人2电话"
).split()

Steps = Sequence[tuple[str, str, Path]]
"""(name of the step, operation, file)."""


def measure(database_url: str, folder: Path, *, kind: str, guardians: int = 2) -> Mapping[str, Any]:
    """Return seconds and peak memory of a dry run, an import, a repeat, and a new school year."""
    open_world(database_url).service.database.close()
    pupils = list(_pupils(guardians))
    older = [_one_grade_up(pupil) for pupil in pupils]
    first, later = folder / f"first-{kind}", folder / f"later-{kind}"
    first.write_bytes(WRITERS[kind](pupils))
    later.write_bytes(WRITERS[kind](older))
    steps: Steps = (
        ("dry_run", "check_roster", first),
        ("import", "import_roster", first),
        ("again", "import_roster", first),
        ("next_year", "import_roster", later),
    )
    figures: dict[str, Any] = {
        "rows": ROWS,
        "guardians": guardians * ROWS,
        "file_mb": round(first.stat().st_size / 2**20, 1),
    }
    for (name, operation, file), outcome in zip(
        steps, ("created", "created", "unchanged", "updated"), strict=True
    ):
        done = _in_a_process(database_url, operation, file)
        assert done[outcome] == ROWS, done
        figures |= {f"{name}_seconds": done["seconds"], f"{name}_peak_mb": done["peak_mb"]}
    return figures


def _in_a_process(database_url: str, operation: str, file: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.bench.importing", database_url, operation, str(file)]
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
    done: dict[str, Any] = json.loads(said)
    return done


def _import(service: Service, operation: str, file: Path) -> dict[str, Any]:
    body = {
        "filename": file.name,
        "content_base64": base64.b64encode(file.read_bytes()).decode(),
    }
    key = None if operation == "check_roster" else f"{file.name}-{time.time_ns()}"
    started = time.perf_counter()
    reply = call(service, office(), operation, {"school_id": SCHOOL}, body, idempotency_key=key)
    seconds = time.perf_counter() - started
    assert reply["status"] == "ok", reply
    counted = {outcome: reply["body"][outcome] for outcome in OUTCOMES}
    assert len(reply["body"]["rows"]) == ROWS
    return {**counted, "seconds": round(seconds, 1), "peak_mb": _peak_mb()}


def _peak_mb() -> int:
    # Not getrusage: that counts what the parent held when it forked.
    lines = Path("/proc/self/status").read_text().splitlines()
    peak = next(line for line in lines if line.startswith("VmHWM:"))
    return int(peak.split()[1]) // 1024


def _pupils(guardians: int) -> Iterator[Pupil]:
    for index, pupil in enumerate(pupils_of(1, GRADES, ROWS)):
        born_on = FIRST_BIRTHDAY + timedelta(days=index % 1500)
        number = identity_number(born_on, index // 1500 * 2 + index % 2)
        yield replace(
            pupil,
            class_name=f"{pupil.class_name[:3]}{index % CLASSES_OF_A_GRADE + 1}班",
            gender="male" if index % 2 else "female",
            born_on=born_on,
            identity_number=number,
            student_number=f"G{number}",
            guardians=tuple(_guardian(pupil, index, seat) for seat in range(guardians)),
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


if __name__ == "__main__":
    url, wanted, path = sys.argv[1:]
    enrollment = build(DEFINITION, settings_for(url), MachineClock(), {"safety": Silent()})
    print(json.dumps(_import(enrollment, wanted, Path(path))))
    enrollment.database.close()
