"""Providers: admitted and removed by the school, read by its office and the bureau."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from chassis.clock import new_id
from chassis.eventsourcing.handling import CommandHandler, Handles, Reading, Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from contracts.safety import providers as said
from services.safety.domain.provider import PROVIDER, AdmitProvider, ProviderCommand, RemoveProvider
from services.safety.handlers import scope
from services.safety.projections import providers

TOLD = ("name", "licence_no", "reason")
"""What the vault keeps of a provider."""


def admit_provider(work: UnitOfWork, request: said.AdmitProvider, call: Call) -> Reply:
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


def remove_provider(work: UnitOfWork, request: said.RemoveProvider, call: Call) -> Reply:
    provider_id = request.provider_id
    command = RemoveProvider(effective_on=request.effective_on, today=call.today)
    before = len(work.rows)
    reply = _execute(work, provider_id, command, call)
    if len(work.rows) > before:
        work.vault.put(subject_of(work.partition, provider_id), reason=request.reason)
    return reply


def list_providers(reading: Reading, request: said.ListProviders) -> dict[str, Any]:
    school_id = scope.school(reading.connection, request.school_id, reading.call)
    found = providers.of_school(reading.connection, school_id)
    subjects = {each["provider_id"]: subject_of(school_id, each["provider_id"]) for each in found}
    told = reading.vault.session(reading.connection).get_many(subjects.values())
    items = []
    for each in found:
        texts = told.get(subjects[each["provider_id"]], {})
        shown = {**_state(each, reading.call.today), **{name: texts.get(name) for name in TOLD}}
        shown["reason"] = shown["reason"] if each["leaves_on"] else None
        items.append({**shown, "admitted_at": each["admitted_at"]})
    return {"items": items}


def subject_of(school_id: str, provider_id: str) -> str:
    """Return the vault's subject of a school's provider; hashed, for two ids are too long."""
    digest = hashlib.sha256(f"{school_id}/{provider_id}".encode()).hexdigest()
    return f"provider-{digest[:40]}"


def _execute(work: UnitOfWork, provider_id: str, command: ProviderCommand, call: Call) -> Reply:
    decision = work.execute(PROVIDER, f"provider-{provider_id}", command)
    row = providers.providers.get(work.connection, work.partition, provider_id)
    assert row is not None
    created = isinstance(command, AdmitProvider) and bool(decision.events)
    return Reply(_state(row, call.today), decision.version, created=created)


def _state(row: dict[str, Any], today: date) -> dict[str, Any]:
    named = ("provider_id", "school_id", "licence_valid_until", "agreed_price_fen", "leaves_on")
    return {**{name: row[name] for name in named}, "standing": _standing(row, today.isoformat())}


def _standing(row: dict[str, Any], today: str) -> str:
    if row["leaves_on"]:
        return "removed" if row["leaves_on"] <= today else "leaving"
    return "admitted" if row["licence_valid_until"] >= today else "licence_ended"


HANDLES: Handles = {
    said.ADMIT_PROVIDER: CommandHandler(admit_provider, scope.own_school),
    said.REMOVE_PROVIDER: CommandHandler(remove_provider, scope.own_school),
    said.LIST_PROVIDERS: list_providers,
}
