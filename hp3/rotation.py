"""Rotating the master key: wrap every subject's key anew, and forget the key before."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from chassis.service import Service
from chassis.vault import Vault, rewrap, wrapped_by
from hp3.keys import forget_old_masters, keys_of


def status(services: Mapping[str, Service]) -> dict[str, dict[str, int]]:
    """Return how many keys each master key wraps, by service."""
    found = {}
    for name, service in services.items():
        with service.database.read() as connection:
            found[name] = wrapped_by(connection)
    return found


def rotate(services: Mapping[str, Service]) -> dict[str, int]:
    """Wrap what older master keys wrapped with the current one; return how many, by service."""
    return {name: rewrap(each.database, vault_of(each)) for name, each in services.items()}


def finish(data: Path, services: Mapping[str, Service]) -> bool:
    """Forget the older master keys if a rotation is under way; at a start, when nobody else runs.

    Whoever ran before may have wrapped keys with an older one, so these are wrapped anew first.
    """
    if not keys_of(data).old_masters:
        return False
    rotate(services)
    current = keys_of(data).master.key_id
    if any(set(found) - {current} for found in status(services).values()):
        return False
    forget_old_masters(data)
    return True


def vault_of(service: Service) -> Vault:
    """Return a service's vault; every service has one."""
    assert service.log.vault is not None
    return service.log.vault
