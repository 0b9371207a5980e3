"""Thousands of rows at a time, the same on both databases. Names are our own, values are bound."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection

from chassis.round_trips import post

_encode = msgspec.json.Encoder().encode


def insert_many(
    connection: Connection,
    table: str,
    columns: Sequence[str],
    rows: Sequence[tuple[Any, ...]],
    then: str = "",
) -> None:
    """Insert ``rows``; ``then`` is what to do ``ON CONFLICT``.

    PostgreSQL gets them as one JSON value: it takes three times as long to parse thousands of
    parameters, and psycopg2 sends the rows of an ``executemany`` one round trip each.
    """
    if not rows:
        return
    names = ", ".join(columns)
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(columns))
        statement = f"INSERT INTO {table} ({names}) VALUES ({marks}) {then}"
        connection.connection.cursor().executemany(statement, rows)
        return
    packed = _encode([dict(zip(columns, row, strict=True)) for row in rows]).decode()
    post(
        connection,
        f"INSERT INTO {table} ({names}) SELECT {names} "
        f"FROM json_populate_recordset(NULL::{table}, %s) {then}",
        (packed,),
    )


def binary(connection: Connection, value: bytes) -> bytes | str:
    """Return ``value`` as ``insert_many`` takes it."""
    return value if connection.dialect.name == "sqlite" else f"\\x{value.hex()}"


def have_grown(connection: Connection, tables: Sequence[str]) -> None:
    """Let PostgreSQL plan for what these tables now hold.

    By itself it looks a minute later, and until then reads a whole table to find a few rows.
    """
    if connection.dialect.name == "postgresql":
        connection.connection.cursor().execute(f"ANALYZE {', '.join(tables)}")
