"""What an operator may ask about rebuilds, as commands and queries of audit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection

from chassis.eventsourcing.handling import CommandHandler, Handles, Reading, Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from contracts.audit import rebuilds as said
from contracts.audit.rebuilds import (
    RebuildRequested,
    RebuildSettled,
    RequestRebuild,
)
from contracts.shapes import Nothing
from services.audit import generations
from services.audit.events import PLATFORM
from services.audit.handlers import ViewUnknown
from services.audit.rebuilds import record
from services.audit.rebuilds.record import Rebuild
from services.audit.rebuilds.rollback import targets
from services.audit.views import ALL


def _here(_connection: Connection, _request: Any, _call: Call) -> str:
    return PLATFORM


def _views(request: said.RollbackViews | RequestRebuild) -> tuple[str, ...]:
    known = [view.NAME for view in ALL]
    unknown = [name for name in request.views if name not in known]
    if unknown:
        raise ViewUnknown("several", unknown=unknown, known=known)
    return tuple(name for name in known if name in request.views or not request.views)


def _request(kind: str) -> Callable[[UnitOfWork, Any, Call], Reply]:
    def run(work: UnitOfWork, request: Any, call: Call) -> Reply:
        views = _views(request)
        generation = 0
        if kind == record.REBUILD:
            generation = generations.next_free(work.connection)
        else:
            targets(work.connection, views)
        rebuild = Rebuild(
            rebuild_id=work.log.ids(),
            kind=kind,
            views=views,
            generation=generation,
            state=record.REQUESTED,
            swap=int(getattr(request, "swap", True)),
            jobs=getattr(request, "jobs", 1),
            requested_by=call.principal.account_id,
            requested_at=call.now.isoformat(timespec="milliseconds"),
            started_at=None,
            finished_at=None,
            report=None,
        )
        record.create(work.connection, rebuild)
        operation_id = work.log.ids()
        work.vault.put(operation_id, reason=request.reason)
        asked = RebuildRequested(
            operation_id=operation_id,
            rebuild_id=rebuild.rebuild_id,
            kind=kind,
            views=views,
            swap=bool(rebuild.swap),
        )
        work.append(f"operation-{operation_id}", [asked])
        return Reply(_shown(work.connection, rebuild), created=True)

    return run


def _settle(state: str, of: tuple[str, ...]) -> Callable[[UnitOfWork, Any, Call], Reply]:
    def run(work: UnitOfWork, request: Any, call: Call) -> Reply:
        rebuild = record.get(work.connection, request.rebuild_id)
        record.move(work.connection, rebuild, state, of=of)
        if state == record.CANCELLED:
            record.stamp(work.connection, rebuild, "finished_at", call.now)
        if state == record.REQUESTED and rebuild.state == record.READY:
            record.want_swap(work.connection, rebuild)
        operation_id = work.log.ids()
        work.vault.put(operation_id, reason=request.reason)
        settled = RebuildSettled(
            operation_id=operation_id, rebuild_id=rebuild.rebuild_id, state=state
        )
        work.append(f"operation-{operation_id}", [settled])
        return Reply(_shown(work.connection, record.get(work.connection, rebuild.rebuild_id)))

    return run


def list_rebuilds(reading: Reading, _request: Nothing) -> dict[str, Any]:
    return {
        "items": [
            _shown(reading.connection, each) for each in record.everything(reading.connection)[:50]
        ]
    }


def get_rebuild(reading: Reading, request: said.GetRebuild) -> dict[str, Any]:
    return _shown(reading.connection, record.get(reading.connection, request.rebuild_id))


def _shown(connection: Connection, rebuild: Rebuild) -> dict[str, Any]:
    shown = asdict(rebuild)
    shown["views"] = list(rebuild.views)
    return {**shown, "progress": record.progress(connection, rebuild)}


HANDLES: Handles = {
    said.REQUEST_REBUILD: CommandHandler(_request(record.REBUILD), _here),
    said.ROLLBACK_VIEWS: CommandHandler(_request(record.ROLLBACK), _here),
    said.PAUSE_REBUILD: CommandHandler(
        _settle(record.PAUSED, (record.REQUESTED, record.RUNNING)), _here
    ),
    said.RESUME_REBUILD: CommandHandler(
        _settle(record.REQUESTED, (record.PAUSED, record.FAILED)), _here
    ),
    said.CANCEL_REBUILD: CommandHandler(_settle(record.CANCELLED, record.OPEN), _here),
    said.SWAP_REBUILD: CommandHandler(_settle(record.REQUESTED, (record.READY,)), _here),
    said.LIST_REBUILDS: list_rebuilds,
    said.GET_REBUILD: get_rebuild,
}
