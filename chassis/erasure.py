"""Erase a person: destroy the keys of what is stored about them, and say so, signed, in the log.

The event names the person by id only, so the log, its proofs and every figure stay as they are, and
show "erased" where a name was. What cannot be read with a key must not be guessed from a hash: each
service forgets its keyed hashes of the person too.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import Connection

from chassis.eventsourcing.handling import CommandHandler, Handles, Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from chassis.signing import SigningKey, is_signed
from contracts.operations import erasures as said
from contracts.operations.erasures import ERASE_PERSON, PersonalDataErased

PURPOSE = "hp3-erasure"


def _none(_connection: Connection, _person_id: str) -> Sequence[str]:
    return ()


def _nothing(_connection: Connection, _person_id: str) -> None:
    return None


def _allowed(_work: UnitOfWork, _person_id: str, _call: Call) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Person:
    """What a service knows of a person.

    ``related`` names further vault subjects that are about the person (a reason, a proof);
    ``forget`` deletes keyed hashes; ``check`` refuses while the person cannot be erased yet.
    """

    related: Callable[[Connection, str], Sequence[str]] = _none
    forget: Callable[[Connection, str], None] = _nothing
    check: Callable[[UnitOfWork, str, Call], None] = _allowed


def handles(person: Person, key: SigningKey) -> Handles:
    """Return what a service does about the erasure of a person."""

    def erase_person(work: UnitOfWork, request: said.ErasePerson, call: Call) -> Reply:
        person_id = request.person_id
        subjects = [person_id, *person.related(work.connection, person_id)]
        held = work.vault.held(subjects)
        already = bool(work.vault.erased([person_id]))
        if not already:  # also where nothing is held: a service may need the name of another
            person.check(work, person_id, call)
        event = None
        if held and not request.dry_run:
            event = _erase(work, request, call, held, person, key)
        return Reply(
            said.ErasedIn(
                service=work.log.service,
                person_id=person_id,
                subjects=len(held),
                already_erased=already and not held,
                dry_run=request.dry_run,
                event=event,
            )
        )

    return {ERASE_PERSON: CommandHandler(erase_person, lambda _c, request, _: request.school_id)}


def signed_text(event: PersonalDataErased) -> bytes:
    """Return what the signature of an erasure covers: all the other fields."""
    values = {name: value for name, value in asdict(event).items() if name != "signature"}
    return json.dumps(values, sort_keys=True, separators=(",", ":")).encode()


def is_genuine(event: PersonalDataErased, public: bytes) -> bool:
    """Tell whether the owner of ``public`` signed the erasure."""
    return is_signed(public, PURPOSE, signed_text(event), base64.b64decode(event.signature))


def _erase(
    work: UnitOfWork,
    request: said.ErasePerson,
    call: Call,
    held: Sequence[str],
    person: Person,
    key: SigningKey,
) -> dict[str, Any]:
    fields = work.vault.destroy(held, call.now)
    person.forget(work.connection, request.person_id)
    operation_id = work.log.ids()
    work.vault.put(operation_id, reason=request.reason)
    erased = PersonalDataErased(
        operation_id=operation_id,
        subject_id=request.person_id,
        subject_kind=request.kind,
        grounds=request.grounds,
        erased_at=call.now.isoformat(timespec="milliseconds"),
        fields=fields,
        key_id=key.key_id,
        signature="",
    )
    signature = base64.b64encode(key.sign(PURPOSE, signed_text(erased))).decode()
    erased = replace(erased, signature=signature)
    work.append(f"operation-{operation_id}", [erased])
    return asdict(erased)
