"""Publicising the accepted pupils, and confirming the list."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from chassis.clock import new_id
from chassis.eventsourcing.handling import CommandHandler, Handles, Reading, Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from contracts.enrollment import publicity as said
from services.enrollment.application.domain.publicity import (
    PUBLICITY,
    ConfirmList,
    PublishList,
    RaiseObjection,
    ResolveObjection,
)
from services.enrollment.application.handlers import scope
from services.enrollment.application.tables import applications, publicities
from services.enrollment.policy.tables import policies
from services.enrollment.register.handlers import access, names
from services.enrollment.register.handlers.schools import own_school
from services.enrollment.register.tables import people

READERS = access.STAFF | {"guardian", "bureau"}


def publish_list(work: UnitOfWork, request: said.PublishList, call: Call) -> Reply:
    school = access.school(work.connection, work.partition, call)
    term = access.term(work.connection, request.term_id, work.partition)
    district = policies.district(work.connection, school["district_id"])
    assert district is not None
    publicity_id = new_id()
    accepted = applications.ids_in_state(
        work.connection, work.partition, term["term_id"], "accepted"
    )
    decision = work.execute(
        PUBLICITY,
        f"publicity-{publicity_id}",
        PublishList(
            publicity_id=publicity_id,
            school_id=work.partition,
            term_id=term["term_id"],
            application_ids=tuple(accepted),
            working_days=district["parameters"]["publicity_working_days"],
            today=call.today,
        ),
    )
    return _reply(work.connection, publicity_id, decision.version, created=True)


def confirm_list(work: UnitOfWork, request: said.ConfirmList, call: Call) -> Reply:
    row = scope.publicity(work.connection, request.publicity_id, call)
    publicity_id = row["publicity_id"]
    standing = applications.of_publicity(work.connection, publicity_id)
    command = ConfirmList(
        standing=tuple(each["application_id"] for each in standing), today=call.today
    )
    decision = work.execute(PUBLICITY, f"publicity-{publicity_id}", command)
    return _reply(work.connection, publicity_id, decision.version)


def raise_objection(
    work: UnitOfWork, request: said.RaiseObjection, call: Call
) -> Reply[said.ObjectionState]:
    row = scope.publicity(work.connection, request.publicity_id, call)
    objection_id = new_id()
    command = RaiseObjection(objection_id=objection_id, today=call.today)
    decision = work.execute(PUBLICITY, f"publicity-{row['publicity_id']}", command)
    work.vault.put(objection_id, text=request.text)
    if call.principal.person_id:
        # The event names the account only; an erasure knows the person.
        work.vault.put(names.objections_subject(call.principal.person_id), **{objection_id: ""})
    body = said.ObjectionState(
        publicity_id=row["publicity_id"], objection_id=objection_id, state="open", upheld=None
    )
    return Reply(body, decision.version, created=True)


def resolve_objection(
    work: UnitOfWork, request: said.ResolveObjection, call: Call
) -> Reply[said.ObjectionState]:
    row = scope.publicity(work.connection, request.publicity_id, call)
    command = ResolveObjection(objection_id=request.objection_id, upheld=request.upheld)
    decision = work.execute(PUBLICITY, f"publicity-{row['publicity_id']}", command)
    if decision.events and not work.vault.erased([request.objection_id]):
        work.vault.put(request.objection_id, answer=request.answer)
    found = publicities.objections_to(work.connection, row["publicity_id"])
    kept = next(each for each in found if each["objection_id"] == request.objection_id)
    body = said.ObjectionState(
        publicity_id=row["publicity_id"],
        objection_id=kept["objection_id"],
        state="resolved",
        upheld=bool(kept["upheld"]),
    )
    return Reply(body, decision.version)


def list_objections(reading: Reading, request: said.ListObjections) -> said.Objections:
    """All of them for the office and the bureau; for others their own."""
    row = scope.publicity(reading.connection, request.publicity_id, reading.call)
    whole = reading.call.principal.role in ("school_office", "bureau")
    found = [
        each
        for each in publicities.objections_to(reading.connection, row["publicity_id"])
        if whole or each["account_id"] == reading.call.principal.account_id
    ]
    held = reading.vault.session(reading.connection).get_many(
        [each["objection_id"] for each in found]
    )
    return said.Objections(
        items=tuple(
            said.ObjectionLine(
                publicity_id=row["publicity_id"],
                objection_id=each["objection_id"],
                state="open" if each["upheld"] is None else "resolved",
                upheld=None if each["upheld"] is None else bool(each["upheld"]),
                raised_at=each["raised_at"],
                mine=each["account_id"] == reading.call.principal.account_id,
                text=held.get(each["objection_id"], {}).get("text"),
                answer=held.get(each["objection_id"], {}).get("answer"),
            )
            for each in found
        )
    )


def get_publicity(reading: Reading, request: said.GetPublicity) -> dict[str, Any]:
    """The list as the public reads it: every name masked, for everybody."""
    row = scope.publicity(reading.connection, request.publicity_id, reading.call)
    listed = applications.of_publicity(reading.connection, row["publicity_id"])
    pupils = people.students_by_id(reading.connection, [each["student_id"] for each in listed])
    called = names.read(reading.vault, reading.connection, pupils, mask=True)
    classes = names.class_names(reading.connection, {each["class_id"] for each in pupils.values()})
    items = [
        {"name": called.get(who, ""), "class_name": classes[each["class_id"]]["name"]}
        for who, each in pupils.items()
    ]
    items.sort(key=lambda each: (each["class_name"], each["name"]))
    return {**_described(row), "items": items}


def list_publicities(reading: Reading, request: said.ListPublicities) -> dict[str, Any]:
    school = access.school(reading.connection, request.school_id, reading.call)
    found = publicities.of_school(reading.connection, school["school_id"])
    return {"items": [_described(row) for row in found]}


def _described(row: dict[str, Any]) -> dict[str, Any]:
    after = date.fromisoformat(row["closes_on"]) + timedelta(days=1)
    return {**row, "confirmable_from": after.isoformat()}


def _reply(
    connection: Connection, publicity_id: str, version: int, *, created: bool = False
) -> Reply:
    row = publicities.publicity(connection, publicity_id)
    assert row is not None
    return Reply(_described(row), version, created=created)


def _of_publicity(connection: Connection, request: Any, call: Call) -> str:
    return str(scope.publicity(connection, request.publicity_id, call)["school_id"])


HANDLES: Handles = {
    said.PUBLISH_LIST: CommandHandler(publish_list, own_school),
    said.RAISE_OBJECTION: CommandHandler(raise_objection, _of_publicity),
    said.RESOLVE_OBJECTION: CommandHandler(resolve_objection, _of_publicity),
    said.CONFIRM_LIST: CommandHandler(confirm_list, _of_publicity),
    said.GET_PUBLICITY: get_publicity,
    said.LIST_OBJECTIONS: list_objections,
    said.LIST_PUBLICITIES: list_publicities,
}
