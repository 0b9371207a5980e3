"""Who may fetch a pupil: authorising, revoking, listing."""

from __future__ import annotations

from sqlalchemy import Connection

from chassis.clock import new_id
from chassis.eventsourcing.handling import Reading, Reply
from chassis.eventsourcing.log import EventLog
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from contracts.attendance import pickup as said
from registers import guardians
from services.attendance import scope
from services.attendance.pickup import errors, tables
from services.attendance.pickup.domain import (
    PICKUP_LIST,
    AuthorisePickup,
    PickupList,
    RevokePickup,
    standing,
)

PHONE_READERS = frozenset({"guardian", "school_office", "system"})
"""Whoever only has to recognise an adult at the gate needs no phone number."""


def own_authorisation(connection: Connection, request: said.RevokePickup, call: Call) -> str:
    """Return the school of an authorisation, if the pupil is the caller's."""
    found = _authorisation(connection, request)
    scope.student(connection, found.student_id, call)
    return found.school_id


def authorise_pickup(
    work: UnitOfWork, request: said.AuthorisePickup, call: Call
) -> Reply[said.Authorised]:
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
        state=held,
    )
    work.vault.put(receiver_id, name=name, phone=phone)
    body = _authorised(decision.state, receiver_id, call)
    return Reply(body, decision.version, created=bool(decision.events))


def revoke_pickup(
    work: UnitOfWork, request: said.RevokePickup, call: Call
) -> Reply[said.Authorised]:
    place = _authorisation(work.connection, request)
    student_id, receiver_id = place.student_id, place.receiver_id
    by_guardian = call.principal.role == "guardian"
    decision = work.execute(
        PICKUP_LIST,
        f"pickup-{student_id}",
        RevokePickup(
            receiver_id=receiver_id,
            guardian_refused=by_guardian
            and guardians.is_guardian(work.connection, receiver_id, student_id),
        ),
    )
    return Reply(_authorised(decision.state, receiver_id, call), decision.version)


def list_pickup_authorisations(
    reading: Reading, request: said.ListPickupAuthorisations
) -> said.Authorisations:
    pupil = scope.student(reading.connection, request.student_id, reading.call)
    student_id = pupil.student_id
    listed = read_list(reading.log, reading.connection, pupil.school_id, student_id)
    family = guardians.of_student(reading.connection, student_id)
    personal = reading.vault.session(reading.connection).get_many(listed)
    with_phones = reading.call.principal.role in PHONE_READERS
    items = (
        said.Authorisation(
            authorisation_id=terms.authorisation_id,
            student_id=terms.student_id,
            receiver_id=receiver_id,
            relation=terms.relation,
            valid_from=terms.valid_from.isoformat(),
            valid_to=terms.valid_to.isoformat() if terms.valid_to else None,
            state=standing(listed, receiver_id, reading.call.today).state,
            guardian=receiver_id in family,
            name=personal.get(receiver_id, {}).get("name"),
            phone=personal.get(receiver_id, {}).get("phone") if with_phones else None,
        )
        for receiver_id, terms in ((each, receiver.terms) for each, receiver in listed.items())
    )
    return said.Authorisations(student_id=student_id, items=tuple(items))


def read_list(log: EventLog, connection: Connection, school_id: str, student_id: str) -> PickupList:
    """Return a pupil's pick-up list as it stands."""
    return PICKUP_LIST.fold(
        event for event, _ in log.stream(connection, school_id, f"pickup-{student_id}")
    )


def _authorisation(connection: Connection, request: said.RevokePickup) -> tables.Authorised:
    found = tables.authorisation(connection, request.authorisation_id)
    if found is None:
        raise errors.AuthorisationUnknown()
    return found


def _same_adult(work: UnitOfWork, held: PickupList, name: str, phone: str) -> str | None:
    known = work.vault.get_many(held)
    wanted = {"name": name, "phone": phone}
    return next((receiver for receiver, fields in known.items() if fields == wanted), None)


def _authorised(listed: PickupList, receiver_id: str, call: Call) -> said.Authorised:
    terms = listed[receiver_id].terms
    return said.Authorised(
        authorisation_id=terms.authorisation_id,
        student_id=terms.student_id,
        receiver_id=receiver_id,
        state=standing(listed, receiver_id, call.today).state,
    )
