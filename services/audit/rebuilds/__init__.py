"""Make views again from the log, beside the live ones, while schools keep working.

A rebuild is a row with a state, and a part per (service, school). Its steps:

    1. ``folding``: every part is folded from its first event in memory and written, by several
       processes, each part in one transaction with its own note that it is done.
    2. ``fence``: what came in meanwhile is folded in rounds; then, with ingest waiting for a
       moment, the last of it. Old and new rows now stand for the same events: they are compared,
       and one update makes the new ones live.
    3. ``rollback``: the generation before is brought up to date and made live again.

A kill at any point changes nothing that readers see, and the next run goes on with the parts that
are missing. Views are pure folds, so nothing outside these tables happens, however often they run.
"""

from collections.abc import Sequence

from chassis.chores import Chore
from chassis.eventsourcing.handling import CommandHandler
from chassis.feature import Feature, Parts
from contracts.audit import rebuilds as said
from services.audit.own_log import own_log
from services.audit.rebuilds import handlers, work

WORK_SECONDS = 2.0


def _chores(parts: Parts) -> Sequence[Chore]:
    return (Chore("rebuilds", WORK_SECONDS, lambda: work.work(parts.log, parts.clock)),)


FEATURE = Feature(
    handles={
        said.REQUEST_REBUILD: CommandHandler(handlers.request_rebuild, own_log),
        said.ROLLBACK_VIEWS: CommandHandler(handlers.rollback_views, own_log),
        said.PAUSE_REBUILD: CommandHandler(handlers.pause_rebuild, own_log),
        said.RESUME_REBUILD: CommandHandler(handlers.resume_rebuild, own_log),
        said.CANCEL_REBUILD: CommandHandler(handlers.cancel_rebuild, own_log),
        said.SWAP_REBUILD: CommandHandler(handlers.swap_rebuild, own_log),
        said.LIST_REBUILDS: handlers.list_rebuilds,
        said.GET_REBUILD: handlers.get_rebuild,
    },
    chores=_chores,
)
