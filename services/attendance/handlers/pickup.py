"""Who may fetch a pupil: authorising, revoking, listing."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from chassis.clock import new_id
from chassis.eventsourcing.handling import Reading, Reply
from chassis.eventsourcing.log import EventLog
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from contracts.attendance import pickup as said
from services.attendance.domain.commands import AuthorisePickup, RevokePickup
from services.attendance.domain.pickup_list import PICKUP_LIST, PickupList, standing
from services.attendance.handlers import scope
from services.attendance.projections import facts

PHONE_READERS = frozenset({"guardian", "school_office", "system"})
"""Whoever only has to recognise an adult at the gate needs no phone number."""


def authorise_pickup(work: UnitOfWork, request: said.AuthorisePickup, call: Call) -> Reply:
    student_id = request.student_id
    stream_id = f"pickup-{student_id}"
    name, phone = request.name.strip(), "".join(request.phone.split()).replace("-", "")
    held = work.load(PICKUP_LIST, stream_id)
    receiver_id = _same_adult(work, held, name, phone) or new_id()
    decision = work.execute(
        PICKUP_LIST,
        stream_id,
        AuthorisePickup(
            authorisation_id=new_id(),
            student_id=student_id,
            receiver_id=receiver_id,
            relation=request.relation,
            valid_from=request.valid_from or call.today,
            valid_to=request.valid_to,
            today=call.today,
        ),
    )
    work.vault.put(receiver_id, name=name, phone=phone)
    body = _authorised(decision.state, receiver_id, call)
    return Reply(body, decision.version, created=bool(decision.events))


def revoke_pickup(work: UnitOfWork, request: said.RevokePickup, call: Call) -> Reply:
    place = scope.authorisation(work.connection, request, call)
    student_id, receiver_id = place["student_id"], place["receiver_id"]
    is_guardian = facts.guardianships.get(work.connection, student_id, receiver_id) is not None
    decision = work.execute(
        PICKUP_LIST,
        f"pickup-{student_id}",
        RevokePickup(
            receiver_id=receiver_id,
            guardian_refused=is_guardian and call.principal.role == "guardian",
        ),
    )
    return Reply(_authorised(decision.state, receiver_id, call), decision.version)


def list_pickup_authorisations(
    reading: Reading, request: said.ListPickupAuthorisations
) -> dict[str, Any]:
    student = scope.student(reading.connection, request.student_id, reading.call)
    listed = read_list(reading.log, reading.connection, student["school_id"], student["student_id"])
    guardians = facts.guardians_of(reading.connection, student["student_id"])
    personal = reading.vault.session(reading.connection).get_many(listed)
    items = [
        {
            **_authorised(listed, receiver_id, reading.call),
            "relation": receiver.terms.relation,
            "valid_from": receiver.terms.valid_from.isoformat(),
            "valid_to": receiver.terms.valid_to and receiver.terms.valid_to.isoformat(),
            "guardian": receiver_id in guardians,
            "name": personal.get(receiver_id, {}).get("name"),
            "phone": personal.get(receiver_id, {}).get("phone")
            if reading.call.principal.role in PHONE_READERS
            else None,
        }
        for receiver_id, receiver in listed.items()
    ]
    return {"student_id": student["student_id"], "items": items}


def read_list(log: EventLog, connection: Connection, school_id: str, student_id: str) -> PickupList:
    """Return a pupil's pick-up list as it stands."""
    return PICKUP_LIST.fold(
        event for event, _ in log.stream(connection, school_id, f"pickup-{student_id}")
    )


def _same_adult(work: UnitOfWork, held: PickupList, name: str, phone: str) -> str | None:
    known = work.vault.get_many(held)
    wanted = {"name": name, "phone": phone}
    return next((receiver for receiver, fields in known.items() if fields == wanted), None)


def _authorised(listed: PickupList, receiver_id: str, call: Call) -> dict[str, Any]:
    terms = listed[receiver_id].terms
    return {
        "authorisation_id": terms.authorisation_id,
        "student_id": terms.student_id,
        "receiver_id": receiver_id,
        "state": standing(listed, receiver_id, call.today).state,
    }
