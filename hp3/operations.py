"""What operators do from the command line, in the embedded mode and in a cluster."""

from __future__ import annotations

import base64
import os
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from chassis.clock import new_id
from chassis.kernel.call import SYSTEM
from chassis.kernel.errors import BusinessRuleViolation
from chassis.messaging.rpc_client import RpcCaller
from chassis.security import TokenKey, issue_token
from chassis.service import Service
from chassis.settings import from_environment
from gateway.accounts import Accounts, NewAccount
from gateway.clients import ServiceCaller
from hp3 import cluster
from hp3.demo_clock import running_clock
from hp3.embedded import OWNERS, SERVICES, open_accounts, open_embedded
from services.audit.rebuild import rebuild
from services.audit.views import ALL


class Refused(BusinessRuleViolation):
    """A service refused what the command line asked for."""

    code = "refused"


def in_cluster() -> bool:
    """Return whether the environment names a cluster."""
    return bool(os.environ.get("HP3_AMQP_URL"))


def import_roster(
    data: Path, school_id: str, file: Path, dry_run: bool, verdicts: Path | None
) -> Mapping[str, Any]:
    """Import, or only check, a roster file; return the counts and write the verdict per row."""
    body = {
        "filename": file.name,
        "content_base64": base64.b64encode(file.read_bytes()).decode(),
    }
    operation = "check_roster" if dry_run else "import_roster"
    with _caller(data) as (caller, key):
        report = dict(_ask(caller, key, "enrollment", operation, {"school_id": school_id}, body))
    rows = report.pop("rows")
    if verdicts is not None:
        verdicts.write_text(_as_csv(rows), encoding="utf-8-sig")
    report["refused_rows"] = [row for row in rows if row["outcome"] == "refused"][:20]
    return report


def rebuild_views(data: Path, views: Sequence[str]) -> Mapping[str, Any]:
    """Rebuild the oversight views from the log, compare, swap; return what was found."""
    known = {view.NAME: view for view in ALL}
    unknown = [name for name in views if name not in known]
    if unknown:
        raise Refused(f"no such view: {', '.join(unknown)}; there are {', '.join(known)}")
    chosen = [known[name] for name in views] or list(ALL)
    with _services(data, "audit") as services:
        report = rebuild(services["audit"].database, chosen)
    return {**asdict(report), "equal": report.equal}


def status(data: Path) -> Mapping[str, Any]:
    """Return events per service, and for each consumer what it has not applied yet."""
    with _services(data, *SERVICES) as services:
        return {
            "events": {name: sum(services[name].log.heads().values()) for name in OWNERS},
            "behind": {
                name: [
                    {"owner": owner, "partition": partition, "applied": at, "head": head}
                    for (owner, partition), (at, head) in service.subscriber.lag().items()
                ]
                for name, service in services.items()
                if service.subscriber is not None
            },
        }


def create_operator(data: Path, username: str) -> str:
    """Make an operator's account, or give it a new password; return the line to print."""
    accounts = _accounts(data)
    password = secrets.token_urlsafe(12)
    _, fresh = accounts.create_many(
        [NewAccount(username=username, password=password, role="operator")]
    )[0]
    if not fresh:
        accounts.set_password(username, password)
    accounts.close()
    return f"operator {username}, password: {password}"


def _accounts(data: Path) -> Accounts:
    if in_cluster():
        return Accounts.open(os.environ["HP3_GATEWAY_DATABASE_URL"])
    return open_accounts(data)


def _ask(
    caller: ServiceCaller,
    key: TokenKey,
    service: str,
    operation: str,
    params: Mapping[str, Any],
    body: Mapping[str, Any],
) -> Mapping[str, Any]:
    context = {"token": issue_token(SYSTEM, key), "idempotency_key": new_id()}
    reply = caller.call(service, operation, context, params, body)
    if reply["status"] != "ok":
        raise Refused(f"{reply['code']}: {reply['detail']['zh']} {reply.get('errors', '')}")
    found: Mapping[str, Any] = reply["body"]
    return found


@contextmanager
def _caller(data: Path) -> Iterator[tuple[ServiceCaller, TokenKey]]:
    if in_cluster():
        settings = from_environment("enrollment")
        caller = RpcCaller(settings.amqp_url, name="hp3")
        try:
            yield caller, settings.token_key
        finally:
            caller.stop()
        return
    embedded = open_embedded(data, running_clock(data, os.environ.get("HP3_CLOCK")))
    try:
        yield embedded.caller, embedded.keys.token
    finally:
        embedded.close()


@contextmanager
def _services(data: Path, *names: str) -> Iterator[Mapping[str, Service]]:
    if not in_cluster():
        embedded = open_embedded(data, running_clock(data, os.environ.get("HP3_CLOCK")))
        try:
            yield embedded.services
        finally:
            embedded.close()
        return
    services = {}
    for name in names:
        settings = from_environment(name)
        services[name] = cluster.build_service(
            name, settings, cluster.remote_sources(name, settings)
        )
    try:
        yield services
    finally:
        for service in services.values():
            service.database.close()


def _as_csv(rows: Sequence[Mapping[str, Any]]) -> str:
    lines = ["行,结果,代码,字段,说明"]
    for row in rows:
        detail = (row["detail"] or {}).get("zh", "")
        lines.append(
            f'{row["line"]},{row["outcome"]},{row["code"] or ""},{row["field"] or ""},"{detail}"'
        )
    return "\n".join(lines) + "\n"
