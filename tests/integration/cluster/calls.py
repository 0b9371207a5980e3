"""Calls that the cluster's tests make, as the gateway would."""

from __future__ import annotations

from typing import Any

from chassis.kernel.call import SYSTEM, Principal
from chassis.messaging.rpc_client import RpcCaller
from chassis.security import issue_token
from chassis.testing.world import TOKEN_KEY

SCHOOL = "school-a"
TEACHER = Principal(account_id="acc-1", role="teacher", person_id="staff-1", school_id=SCHOOL)
INCIDENT = {
    "severity": "minor",
    "category": "injury",
    "occurred_at": "2026-09-01T15:40:00+08:00",
    "student_ids": ["st-1"],
    "narrative": "跑步时摔倒，膝盖擦伤。",
}


def report_incident(caller: RpcCaller, key: str, school: str = SCHOOL) -> dict[str, Any]:
    """Report an incident under an idempotency key; return the reply."""
    context = {"token": issue_token(TEACHER, TOKEN_KEY), "idempotency_key": key}
    return caller.call("safety", "report_incident", context, {"school_id": school}, INCIDENT)


def tell(
    caller: RpcCaller, who: Principal, service: str, operation: str, *asked: dict[str, Any]
) -> None:
    """Send a command with its parameters and its body; it must be done."""
    reply = caller.call(service, operation, {"token": issue_token(who, TOKEN_KEY)}, *asked)
    assert reply["status"] == "ok", reply


def heads(caller: RpcCaller, service: str) -> dict[str, int]:
    """Return a service's heads."""
    context = {"token": issue_token(SYSTEM, TOKEN_KEY)}
    reply = caller.call(service, "read_heads", context)
    found: dict[str, int] = reply["body"]["heads"]
    return found
