"""The classes of each school."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Column, Connection, Integer, MetaData, String

from chassis.eventsourcing.facts import FactTable
from contracts.enrollment.schools import ClassOpened
from registers.keeping import Register


class Class(NamedTuple):
    """``grade`` None: it was heard of before grades were kept."""

    class_id: str
    school_id: str
    grade: int | None


_classes = FactTable(
    MetaData(),
    "classes",
    key=["class_id"],
    columns=[
        Column("class_id", String(64), primary_key=True),
        Column("school_id", String(64), nullable=False),
        Column("grade", Integer),
    ],
)

CLASSES = Register((_classes,), {ClassOpened: [_classes.project]})


def find(connection: Connection, class_id: str) -> Class | None:
    """Return a class, or None."""
    found = _classes.get(connection, class_id)
    return Class(**found) if found else None
