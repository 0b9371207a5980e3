"""A register: tables, and the events of enrollment that change them. A service picks from them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import MetaData

from chassis.eventsourcing.facts import FactTable
from chassis.eventsourcing.log import Projection
from chassis.feature import Projects


@dataclass(frozen=True, slots=True)
class Register:
    """What is kept of some events; services that keep other columns have registers of their own."""

    tables: tuple[FactTable, ...]
    changed_by: Projects


def keep(metadata: MetaData, *registers: Register) -> Projects:
    """Declare the tables of a service's registers, and return what changes them."""
    found: dict[type, list[Projection]] = defaultdict(list)
    for register in registers:
        for table in register.tables:
            table.table.to_metadata(metadata)
        for event, projections in register.changed_by.items():
            found[event].extend(projections)
    return dict(found)
