"""What an operator may ask about rebuilds, as commands and queries of audit."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import Connection

from chassis.eventsourcing.handling import Reading, Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from contracts.audit import rebuilds as said
from contracts.audit.rebuilds import RebuildRequested, RebuildSettled
from contracts.shapes import Nothing
from services.audit import generations
from services.audit.rebuilds import record
from services.audit.rebuilds.record import Rebuild
from services.audit.rebuilds.rollback import targets
from services.audit.views import ALL, ViewUnknown


def request_rebuild(
    work: UnitOfWork, request: said.RequestRebuild, call: Call
) -> Reply[said.Rebuild]:
    """Note that an operator wants views made again."""
    return _ask(
        work,
        call,
        request.reason,
        kind=record.REBUILD,
        views=_views(request),
        generation=generations.next_free(work.connection),
        swap=request.swap,
        jobs=request.jobs,
    )


def rollback_views(
    work: UnitOfWork, request: said.RollbackViews, call: Call
) -> Reply[said.Rebuild]:
    """Note that an operator wants the generation before."""
    views = _views(request)
    targets(work.connection, views)
    return _ask(work, call, request.reason, kind=record.ROLLBACK, views=views)


def pause_rebuild(work: UnitOfWork, request: said.Reason, call: Call) -> Reply[said.Rebuild]:
    """Stop folding; what is done is kept."""
    return _settle(work, request, record.PAUSED, call, of=(record.REQUESTED, record.RUNNING))


def resume_rebuild(work: UnitOfWork, request: said.Reason, call: Call) -> Reply[said.Rebuild]:
    """Go on after a pause or a failure."""
    return _settle(work, request, record.REQUESTED, call, of=(record.PAUSED, record.FAILED))


def cancel_rebuild(work: UnitOfWork, request: said.Reason, call: Call) -> Reply[said.Rebuild]:
    """Give a rebuild up."""
    return _settle(work, request, record.CANCELLED, call, of=record.OPEN)


def swap_rebuild(work: UnitOfWork, request: said.Reason, call: Call) -> Reply[said.Rebuild]:
    """Let the worker make a rebuild live that waits for it."""
    return _settle(work, request, record.REQUESTED, call, of=(record.READY,))


def list_rebuilds(reading: Reading, _request: Nothing) -> said.Rebuilds:
    newest = record.everything(reading.connection)[:50]
    return said.Rebuilds(items=tuple(_shown(reading.connection, each) for each in newest))


def get_rebuild(reading: Reading, request: said.GetRebuild) -> said.Rebuild:
    return _shown(reading.connection, record.get(reading.connection, request.rebuild_id))


def _views(request: said.RollbackViews | said.RequestRebuild) -> tuple[str, ...]:
    known = [view.NAME for view in ALL]
    unknown = [name for name in request.views if name not in known]
    if unknown:
        raise ViewUnknown("several", unknown=unknown, known=known)
    return tuple(name for name in known if name in request.views or not request.views)


def _ask(
    work: UnitOfWork,
    call: Call,
    reason: str,
    *,
    kind: str,
    views: tuple[str, ...],
    generation: int = 0,
    swap: bool = True,
    jobs: int = 1,
) -> Reply[said.Rebuild]:
    rebuild = Rebuild(
        rebuild_id=work.log.ids(),
        kind=kind,
        views=views,
        generation=generation,
        state=record.REQUESTED,
        swap=int(swap),
        jobs=jobs,
        requested_by=call.principal.account_id,
        requested_at=call.now.isoformat(timespec="milliseconds"),
        started_at=None,
        finished_at=None,
        report=None,
    )
    record.create(work.connection, rebuild)
    operation_id = work.log.ids()
    work.vault.put(operation_id, reason=reason)
    asked = RebuildRequested(
        operation_id=operation_id,
        rebuild_id=rebuild.rebuild_id,
        kind=kind,
        views=views,
        swap=swap,
    )
    work.append(f"operation-{operation_id}", [asked])
    return Reply(_shown(work.connection, rebuild), created=True)


def _settle(
    work: UnitOfWork, request: said.Reason, state: str, call: Call, *, of: tuple[str, ...]
) -> Reply[said.Rebuild]:
    rebuild = record.get(work.connection, request.rebuild_id)
    record.move(work.connection, rebuild, state, of=of)
    if state == record.CANCELLED:
        record.stamp(work.connection, rebuild, "finished_at", call.now)
    if state == record.REQUESTED and rebuild.state == record.READY:
        record.want_swap(work.connection, rebuild)
    operation_id = work.log.ids()
    work.vault.put(operation_id, reason=request.reason)
    settled = RebuildSettled(operation_id=operation_id, rebuild_id=rebuild.rebuild_id, state=state)
    work.append(f"operation-{operation_id}", [settled])
    return Reply(_shown(work.connection, record.get(work.connection, rebuild.rebuild_id)))


def _shown(connection: Connection, rebuild: Rebuild) -> said.Rebuild:
    return said.Rebuild(**asdict(rebuild), progress=record.progress(connection, rebuild))
