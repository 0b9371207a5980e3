"""Oversight: what a bureau, a school or an operator sees of the views, now or at a past instant."""

from collections.abc import Sequence

from chassis.chores import Chore
from chassis.feature import Feature, Parts
from contracts.audit import oversight as said
from services.audit import snapshots
from services.audit.oversight import handlers

SNAPSHOT_SECONDS = 300.0


def _chores(parts: Parts) -> Sequence[Chore]:
    return (Chore("snapshots", SNAPSHOT_SECONDS, lambda: snapshots.extend(parts.database)),)


FEATURE = Feature(handles={said.OVERSIGHT: handlers.oversight}, chores=_chores)
