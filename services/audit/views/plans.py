"""The school-term plans of a school: where each stands, how its reviews and its filing went."""

from __future__ import annotations

from chassis.eventsourcing.envelope import Event
from services.audit.views.view import Row

NAME = "plans"
SERVICE = "enrollment"
STANDINGS = {
    "ServicePlanDrafted": "survey",
    "PreparationBegun": "preparation",
    "ServicePlanSubmitted": "submitted",
    "ServicePlanReturned": "returned",
    "ServicePlanApproved": "approved",
    "ServicePlanRevised": "preparation",
    "ServiceStarted": "running",
    "ServicePlanClosed": "closed",
}
FILINGS = frozenset({"SemesterPackFiled", "SemesterPackAcknowledged"})
TYPES = frozenset({*STANDINGS, *FILINGS, "TermOpened"})
NOTHING = {
    "name": None,
    "first_day": None,
    "standing": "none",
    "in_force": None,
    "submitted_at": None,
    "decided_at": None,
    "returns": 0,
    "started_on": None,
    "filing": 0,
    "filed_at": None,
    "acknowledged": 0,
}


def keys(event: Event) -> tuple[str, ...]:
    """Return the term."""
    return (event["data"]["term_id"],)


def fold(row: Row | None, event: Event, key: str) -> Row | None:
    """Return the plan after one more fact; ``submitted_at`` only while it waits for the bureau."""
    before = row or {"term_id": key, **NOTHING}
    name, data, at = event["type"], event["data"], event["occurred_at"]
    if name == "TermOpened":
        return {**before, "name": data["name"], "first_day": data["first_day"]}
    if name == "SemesterPackFiled":
        return {**before, "filing": data["filing"], "filed_at": at}
    if name == "SemesterPackAcknowledged":
        return {**before, "acknowledged": data["filing"]}
    after = {**before, "standing": STANDINGS[name]}
    if name == "ServicePlanSubmitted":
        after["submitted_at"] = at
    elif name in ("ServicePlanReturned", "ServicePlanApproved"):
        after |= {"submitted_at": None, "decided_at": at}
    if name == "ServicePlanReturned":
        after["returns"] += 1
    elif name == "ServicePlanApproved":
        after["in_force"] = data["version"]
        # A revised plan is approved while its service runs on.
        after["standing"] = "running" if before["started_on"] else "approved"
    elif name == "ServiceStarted":
        after["started_on"] = at[:10]
    return after
