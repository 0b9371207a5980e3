"""An allocation that dies at the worst moment: ``… doomed_allocation MOMENT URL TERM``.

The moments are when nothing but the seed is written, before the reasons are kept, when all is
written but for the commit, and between the commit and the answer.
"""

from __future__ import annotations

import sys
from typing import Any

from chassis.assembly import build
from chassis.clock import MachineClock
from chassis.eventsourcing.log import EventLog
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.testing.world import Silent, call, settings_for
from services.enrollment.definition import DEFINITION
from services.enrollment.offerings.tables import places
from services.enrollment.places.handlers import allocating
from tests.component.enrollment.world import OTHER, office
from tests.fault.doomed_rebuild import dying

KEY = "autumn-allocation"
SEED = {"seed": "摇号 2026-08-30"}

MOMENTS: dict[str, tuple[Any, str, str]] = {
    "seed-not-filled": (allocating, "_fill", "before"),
    "filled-not-explained": (places, "keep_results", "before"),
    "written-not-committed": (UnitOfWork, "flush", "after"),
    "committed-not-answered": (EventLog, "announce", "before"),
}

if __name__ == "__main__":
    moment, url, term_id = sys.argv[1:]
    enrollment = build(DEFINITION, settings_for(url), MachineClock(), {"safety": Silent()})
    owner, name, when = MOMENTS[moment]
    setattr(owner, name, dying(getattr(owner, name), when))
    at = {"term_id": term_id}
    call(enrollment, office(OTHER), "allocate_places", at, SEED, idempotency_key=KEY)
