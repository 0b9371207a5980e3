"""Who answers for what in a term, and what was said where they met."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from chassis.kernel.call import Call
from chassis.vault import Vault
from contracts.enrollment.term_plan import Answerable, Meeting
from services.enrollment.offerings.tables import offerings
from services.enrollment.plan.tables import plans
from services.enrollment.register.handlers import access, names


def of_term(
    vault: Vault,
    connection: Connection,
    school: dict[str, Any],
    term_id: str,
    planned: list[dict[str, Any]],
) -> tuple[Answerable, ...]:
    """Return who answers for each duty, post, venue and offering, and the leading group."""
    entries = plans.entries(connection, term_id)
    rows = [
        ("duty", proof.removeprefix("duty:"), staff_id)
        for proof, staff_id in sorted(entries.items())
        if proof.startswith("duty:")
    ]
    rows += _group(entries.get("body:leading_group"))
    rows += [("post", post, who) for post, who in entries.get("body:management_team", {}).items()]
    venues = offerings.venues_of(connection, school["school_id"])
    rows += [("venue", each["name"], each["accountable_id"]) for each in venues]
    rows += [
        ("offering", each["title"], each["teacher_id"])
        for each in planned
        if each["standing"] in ("proposed", "open")
    ]
    subjects = {who: names.staff_subject(who) for _, _, who in rows}
    called = names.read(vault, connection, subjects.values())
    return tuple(
        Answerable(kind=kind, what=what, staff_id=who, name=called.get(subjects[who]))
        for kind, what, who in rows
    )


def meetings(vault: Vault, connection: Connection, term_id: str, call: Call) -> tuple[Meeting, ...]:
    """The newest meeting of each kind; its minutes are for the office and the bureau."""
    entries = plans.entries(connection, term_id)
    held = {
        proof.removeprefix("activity:"): value
        for proof, value in entries.items()
        if proof.startswith("activity:")
    }
    read = vault.session(connection).get_many([each["record_id"] for each in held.values()])
    full = call.principal.role in access.OFFICE | access.BUREAU
    return tuple(
        Meeting(
            kind=kind,
            held_on=each["held_on"],
            minutes=read.get(each["record_id"], {}).get("minutes") if full else None,
        )
        for kind, each in sorted(held.items())
    )


def _group(group: dict[str, Any] | None) -> list[tuple[str, str, str]]:
    if group is None:
        return []
    members = [("member", "leading_group", who) for who in group["member_ids"]]
    return [("head", "leading_group", group["head_id"]), *members]
