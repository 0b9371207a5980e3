"""An import that dies at the worst moment: ``python -m tests.fault.doomed_import MOMENT URL``.

The moments are after a thousand rows are written, after the last of them, when all is written but
for the commit, and between the commit and the answer.
"""

from __future__ import annotations

import sys

from chassis.assembly import build
from chassis.clock import MachineClock
from chassis.eventsourcing.log import EventLog
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.testing.world import Silent, call, settings_for
from services.enrollment.definition import DEFINITION
from services.enrollment.register.importing import writing
from tests.component.enrollment.world import SCHOOL, office, roster
from tests.fault.doomed_rebuild import dying

ROWS = 3_000
KEY = "autumn-roster"

MOMENTS = {
    "a-third-is-written": (UnitOfWork, "write_out", "after"),
    "verdicts-not-kept": (writing.imports, "keep_rows", "before"),
    "written-not-committed": (UnitOfWork, "flush", "after"),
    "committed-not-answered": (EventLog, "announce", "before"),
}


def file() -> dict[str, str]:
    """Return the roster: every pupil in a class of forty, each with a guardian who has a phone."""
    numbers = range(ROWS)
    return roster([f"{_pupil(number)},{_guardian(number)}" for number in numbers])


def _pupil(number: int) -> str:
    return f"王{number},女,2017-09-01,,,三年级{number // 40 + 1}班"


def _guardian(number: int) -> str:
    return f"王家长{number},母亲,138{number:08}"


if __name__ == "__main__":
    moment, url = sys.argv[1:]
    enrollment = build(DEFINITION, settings_for(url), MachineClock(), {"safety": Silent()})
    owner, name, when = MOMENTS[moment]
    setattr(owner, name, dying(getattr(owner, name), when))
    call(enrollment, office(), "import_roster", {"school_id": SCHOOL}, file(), idempotency_key=KEY)
