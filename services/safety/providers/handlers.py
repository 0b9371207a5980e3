"""Providers: admitted and removed by the school, read by its office and the bureau."""

from __future__ import annotations

import hashlib
from datetime import date

from chassis.clock import new_id
from chassis.eventsourcing.handling import Reading, Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from contracts.safety import providers as said
from services.safety import scope
from services.safety.providers import tables
from services.safety.providers.domain import (
    PROVIDER,
    AdmitProvider,
    ProviderCommand,
    RemoveProvider,
)


def admit_provider(
    work: UnitOfWork, request: said.AdmitProvider, call: Call
) -> Reply[said.ProviderState]:
    """Admit a provider, for the first time, again, or under a renewed licence."""
    provider_id = request.provider_id or new_id()
    command = AdmitProvider(
        provider_id=provider_id,
        school_id=work.partition,
        licence_valid_until=request.licence_valid_until,
        agreed_price_fen=request.agreed_price_fen,
        today=call.today,
    )
    reply = _execute(work, provider_id, command, call)
    told = {"name": request.name, "licence_no": request.licence_no}
    work.vault.put(subject_of(work.partition, provider_id), **told)
    return reply


def remove_provider(
    work: UnitOfWork, request: said.RemoveProvider, call: Call
) -> Reply[said.ProviderState]:
    provider_id = request.provider_id
    command = RemoveProvider(effective_on=request.effective_on, today=call.today)
    before = len(work.rows)
    reply = _execute(work, provider_id, command, call)
    if len(work.rows) > before:
        work.vault.put(subject_of(work.partition, provider_id), reason=request.reason)
    return reply


def list_providers(reading: Reading, request: said.ListProviders) -> said.Providers:
    school_id = scope.school(reading.connection, request.school_id, reading.call)
    found = tables.of_school(reading.connection, school_id)
    subjects = {each.provider_id: subject_of(school_id, each.provider_id) for each in found}
    told = reading.vault.session(reading.connection).get_many(subjects.values())
    items = []
    for each in found:
        texts = told.get(subjects[each.provider_id], {})
        item = said.Provider(
            provider_id=each.provider_id,
            school_id=each.school_id,
            licence_valid_until=each.licence_valid_until,
            agreed_price_fen=each.agreed_price_fen,
            leaves_on=each.leaves_on,
            standing=_standing(each, reading.call.today),
            name=texts.get("name"),
            licence_no=texts.get("licence_no"),
            admitted_at=each.admitted_at,
            reason=texts.get("reason") if each.leaves_on else None,
        )
        items.append(item)
    return said.Providers(items=tuple(items))


def subject_of(school_id: str, provider_id: str) -> str:
    """Return the vault's subject of a school's provider; hashed, for two ids are too long."""
    digest = hashlib.sha256(f"{school_id}/{provider_id}".encode()).hexdigest()
    return f"provider-{digest[:40]}"


def _execute(
    work: UnitOfWork, provider_id: str, command: ProviderCommand, call: Call
) -> Reply[said.ProviderState]:
    decision = work.execute(PROVIDER, f"provider-{provider_id}", command)
    row = tables.get(work.connection, work.partition, provider_id)
    assert row is not None
    state = said.ProviderState(
        provider_id=provider_id,
        school_id=row.school_id,
        licence_valid_until=row.licence_valid_until,
        agreed_price_fen=row.agreed_price_fen,
        leaves_on=row.leaves_on,
        standing=_standing(row, call.today),
    )
    created = isinstance(command, AdmitProvider) and bool(decision.events)
    return Reply(state, decision.version, created=created)


def _standing(row: tables.Row, today: date) -> str:
    if row.leaves_on:
        return "removed" if row.leaves_on <= today.isoformat() else "leaving"
    return "admitted" if row.licence_valid_until >= today.isoformat() else "licence_ended"
