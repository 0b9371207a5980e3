"""`/ops`: what needs an operator now, how far everything is, and the command line's actions."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from gateway.pages.frame import Form, Trouble, ask, done, only_for, tell
from gateway.problems import Refused

bp = Blueprint("ops", __name__, url_prefix="/ops")
only_for(bp, "operator")

CONSUMERS = ("enrollment", "fees", "attendance", "safety", "audit")
OWNERS = ("enrollment", "fees", "attendance", "safety", "audit")
SETTLING = ("pause", "resume", "cancel", "swap")
OFFERS = {
    "requested": ("pause", "cancel"),
    "running": ("pause", "cancel"),
    "paused": ("resume", "cancel"),
    "ready": ("swap", "cancel"),
    "failed": ("resume",),
}
"""State of a rebuild → what can be done with it."""

_last_look: dict[tuple[str, str], tuple[float, int]] = {}
"""(consumer, owner) → when this process last looked, and how far it was: for the rate."""


@bp.get("")
def page() -> str:
    """Show everything at a glance."""
    return _page(None)


@bp.get("/parked/<id:consumer>/<id:service>/<id:partition>/<id:seq>")
def parked(consumer: str, service: str, partition: str, seq: str) -> str:
    """Show one parked event, whole."""
    return _parked_page(consumer, _place(service, partition, seq), None, None)


@bp.post("/parked/<id:consumer>/<id:service>/<id:partition>/<id:seq>")
def settle(
    consumer: str, service: str, partition: str, seq: str
) -> str | tuple[str, int] | Response:
    """Retry or discard it: first say what would happen, then do it."""
    place = _place(service, partition, seq)
    action = "discard" if request.form.get("action") == "discard" else "retry"
    dry = request.form.get("step") != "do"
    body = {"reason": _reason(), "dry_run": dry}
    try:
        settled = tell(consumer, f"{action}_parked", place, body)
    except Refused as refused:
        trouble = Trouble.of(action, refused)
        return _parked_page(consumer, place, trouble, None), refused.status
    if dry:
        return _parked_page(consumer, place, None, {**settled, "action": action})
    failed = "ops-not-applied" if settled["failed"] else f"ops-{action}"
    return done(failed, "ops.page", "parked")


@bp.post("/rebuilds")
def rebuild() -> tuple[str, int] | Response:
    """Ask for a rebuild of every view, or for the generation before."""
    back = request.form.get("action") == "rollback"
    body: dict[str, Any] = {"views": [], "reason": _reason()}
    if not back:
        body["swap"] = request.form.get("swap") == "yes"
    operation = "rollback_views" if back else "request_rebuild"
    return _act("rebuild", lambda: tell("audit", operation, {}, body), "ops-rebuild", "rebuilds")


@bp.post("/rebuilds/<id:rebuild_id>")
def settle_rebuild(rebuild_id: str) -> tuple[str, int] | Response:
    """Pause, resume, cancel or swap a rebuild."""
    action = request.form.get("action", "")
    action = action if action in SETTLING else "pause"
    target = {"rebuild_id": rebuild_id}
    return _act(
        f"rebuild-{rebuild_id}",
        lambda: tell("audit", f"{action}_rebuild", target, {"reason": _reason()}),
        f"ops-{action}",
        "rebuilds",
    )


@bp.post("/heads")
def sign() -> tuple[str, int] | Response:
    """Sign a school's log as it is now."""
    body = {"partition": request.form.get("partition", "").strip()}
    return _act("sign", lambda: tell("audit", "sign_tree_head", {}, body), "ops-signed", "proof")


@bp.post("/replay")
def replay() -> str | tuple[str, int] | Response:
    """Deliver stored events again to one consumer: first say what would happen."""
    form = request.form
    consumer = form.get("consumer", "")
    consumer = consumer if consumer in CONSUMERS else CONSUMERS[0]
    target = {"service": form.get("service", ""), "partition": form.get("partition", "").strip()}
    dry = form.get("step") != "do"
    body = {
        "from_seq": form.get("from_seq", ""),
        "to_seq": form.get("to_seq", ""),
        "again": form.get("again") == "yes",
        "dry_run": dry,
        "reason": _reason(),
    }
    try:
        replayed = tell(consumer, "replay", target, body)
    except Refused as refused:
        return _page(Trouble.of("replay", refused)), refused.status
    if dry:
        return _page(None, replayed={**replayed, "typed": form.to_dict()})
    return done("ops-replayed", "ops.page", "replay")


def _act(form: str, act: Callable[[], Any], said: str, anchor: str) -> tuple[str, int] | Response:
    try:
        act()
    except Refused as refused:
        return _page(Trouble.of(form, refused)), refused.status
    return done(said, "ops.page", anchor)


def _reason() -> str:
    return request.form.get("reason", "").strip()


def _place(service: str, partition: str, seq: str) -> dict[str, Any]:
    return {"service": service, "partition": partition, "seq": seq}


def _parked_page(
    consumer: str,
    place: Mapping[str, Any],
    trouble: Trouble | None,
    would: Mapping[str, Any] | None,
) -> str:
    return render_template(
        "ops/parked.html",
        consumer=consumer,
        item=ask(consumer, "show_parked", place),
        form_of=lambda name: Form(name, trouble),
        trouble=trouble,
        would=would,
        typed=request.form.to_dict() if would else {},
    )


def _page(trouble: Trouble | None, *, replayed: Mapping[str, Any] | None = None) -> str:
    parked_ = {name: _or_none(name, "list_parked", {"limit": 100}) for name in CONSUMERS}
    rebuilds = _or_none("audit", "list_rebuilds")
    findings = _or_none("audit", "list_findings")
    return render_template(
        "ops/ops.html",
        consumers=_consumers(),
        parked=parked_,
        waiting=sum(len(each["items"]) for each in parked_.values() if each),
        rebuilds=rebuilds["items"][:8] if rebuilds else None,
        failed=[r for r in (rebuilds or {"items": []})["items"][:1] if r["state"] == "failed"],
        heads=_or_none("audit", "list_tree_heads"),
        findings=findings,
        offers=OFFERS,
        owners=[(owner, owner) for owner in OWNERS],
        receivers=[(consumer, consumer) for consumer in CONSUMERS],
        replayed=replayed,
        form_of=lambda name: Form(name, trouble),
        trouble=trouble,
    )


def _or_none(
    service: str, operation: str, body: Mapping[str, Any] | None = None
) -> dict[str, Any] | None:
    """Return an answer, or None: one service that does not answer must not hide the others."""
    try:
        return ask(service, operation, {}, body)
    except Refused:
        return None


def _consumers() -> list[dict[str, Any]]:
    heads = {owner: _or_none(owner, "read_heads") for owner in OWNERS}
    rows = []
    for consumer in CONSUMERS:
        marks = _or_none(consumer, "read_checkpoints")
        if marks is None:
            rows.append({"consumer": consumer, "owner": None})
            continue
        for owner in OWNERS:
            known = heads[owner]
            places = {p["partition"]: p for p in marks["places"] if p["service"] == owner}
            if places and known is not None:
                rows.append(_row(consumer, owner, places, known["heads"]))
    return rows


def _row(
    consumer: str,
    owner: str,
    places: Mapping[str, Mapping[str, Any]],
    heads: Mapping[str, int],
) -> dict[str, Any]:
    behind = {
        partition: head - places[partition]["seq"] if partition in places else head
        for partition, head in heads.items()
    }
    applied = sum(place["seq"] for place in places.values())
    now = time.monotonic()
    before = _last_look.get((consumer, owner))
    _last_look[consumer, owner] = (now, applied)
    rate = (applied - before[1]) / (now - before[0]) if before and now > before[0] else None
    return {
        "consumer": consumer,
        "owner": owner,
        "events": sum(heads.values()),
        "behind": sum(n for n in behind.values() if n > 0),
        "schools": sum(n > 0 for n in behind.values()),
        "rate": None if rate is None else max(0.0, rate),
        "parked": sum(place["parked"] for place in places.values()),
        "complete": all(place["complete"] is not False for place in places.values()),
    }
