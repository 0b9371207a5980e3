"""The policy of each district: all its versions, or the newest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Column, Connection, Integer, MetaData, String, Text

from chassis.eventsourcing.envelope import Event
from chassis.eventsourcing.facts import FactTable
from chassis.eventsourcing.statement import Statement
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from contracts.enrollment.policy import PolicyVersionActivated
from registers.keeping import Register


class Version(NamedTuple):
    version: int
    effective_from: str
    parameters: Mapping[str, Any]


class Versions:
    """Every version, with all its parameters, in a table of the name that the service gave it.

    It stands beside a register of schools.
    """

    def __init__(self, name: str) -> None:
        self._rows = FactTable(
            MetaData(),
            name,
            key=["district_id", "version"],
            columns=[
                Column("district_id", String(64), primary_key=True),
                Column("version", Integer, primary_key=True, autoincrement=False),
                Column("profile", String(64), nullable=False),
                Column("effective_from", String(10), nullable=False),
                Column("parameters", Text, nullable=False),
            ],
        )
        self.register = Register((self._rows,), {PolicyVersionActivated: [self._project]})
        chosen = f"SELECT version, effective_from, parameters FROM {name} "
        newest = "ORDER BY version DESC"
        self._all = Statement(f"{chosen}WHERE district_id = :district_id {newest}")
        self._begun = Statement(
            f"{chosen}WHERE district_id = :district_id AND effective_from <= :day {newest} LIMIT 1"
        )
        self._at = Statement(
            f"SELECT profile, version FROM {name} WHERE district_id IN "
            "(:partition, (SELECT district_id FROM schools WHERE school_id = :partition)) "
            f"AND effective_from <= :day {newest} LIMIT 1"
        )

    def _project(self, connection: Connection, event: Event) -> None:
        parameters = msgspec.json.encode(event["data"]["parameters"]).decode()
        self._rows.put(connection, {**event["data"], "parameters": parameters})

    def of_district(self, connection: Connection, district_id: str) -> list[Version]:
        """Return a district's versions, newest first."""
        return [_version(row) for row in self._all.all(connection, district_id=district_id)]

    def in_force(self, connection: Connection, district_id: str, day: date) -> Version | None:
        """Return the newest version that has begun by ``day``."""
        row = self._begun.first(connection, district_id=district_id, day=day.isoformat())
        return _version(row) if row else None

    def under(self, work: UnitOfWork, call: Call) -> Call:
        """Say with a call which version holds in its partition, a school or a district."""
        row = self._at.first(work.connection, partition=work.partition, day=call.today.isoformat())
        return replace(call, policy=(row["profile"], row["version"])) if row else call


def _version(row: Mapping[str, Any]) -> Version:
    return Version(row["version"], row["effective_from"], msgspec.json.decode(row["parameters"]))


_newest = FactTable(
    MetaData(),
    "policies",
    key=["district_id"],
    columns=[
        Column("district_id", String(64), primary_key=True),
        Column("profile", String(64), nullable=False),
        Column("version", Integer, nullable=False),
    ],
)
NEWEST = Register((_newest,), {PolicyVersionActivated: [_newest.project]})

_NEWEST_AT = Statement(
    "SELECT p.profile, p.version FROM schools s JOIN policies p ON p.district_id = s.district_id "
    "WHERE s.school_id = :school_id"
)


def under_newest(work: UnitOfWork, call: Call) -> Call:
    """Say with a call which version of ``NEWEST`` its school is under."""
    row = _NEWEST_AT.first(work.connection, school_id=work.partition)
    return replace(call, policy=(row["profile"], row["version"])) if row else call
