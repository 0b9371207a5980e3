"""A limit of the machine: rows a second that PostgreSQL takes with a gapless number per partition.

The least that a log like ours asks of it, in plain SQL and with none of our code: lock the
partition's counter, insert the row under its two keys, move the counter, commit.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TypedDict

import psycopg2
from sqlalchemy.engine import make_url

from tests.bench.place import Place
from tests.bench.threads import shared_out
from tests.bench.units import Count, PerSecond

PARTITIONS = 50
DATA = json.dumps({"incident_id": "0" * 36, "guardian_notified_at": "2026-09-01T16:00:00+08:00"})
TABLES = """
CREATE TABLE heads (partition text PRIMARY KEY, seq bigint NOT NULL);
CREATE TABLE numbered (
    partition text, seq bigint, stream text, version int, type text, data text,
    PRIMARY KEY (partition, seq), UNIQUE (partition, stream, version)
);
"""
INSERT = "INSERT INTO numbered VALUES (%s, %s, %s, 1, 'IncidentNotified', %s)"


class Figures(TypedDict):
    threads: Count
    rows: Count
    per_second: PerSecond


def measure(place: Place, rows: int, *, threads: int) -> Figures:
    """Return rows per second over as many connections as threads, each on all partitions."""
    url = make_url(place.database("postgresql")).set(drivername="postgresql")
    dsn = url.render_as_string(hide_password=False)
    _create(dsn)
    idle = [psycopg2.connect(dsn) for _ in range(threads)]

    def insert(numbers: Sequence[int]) -> None:
        connection = idle.pop()
        try:
            with connection.cursor() as cursor:
                for number in numbers:
                    _insert(cursor, f"school-{number % PARTITIONS}", f"incident-{number}")
                    connection.commit()
        finally:
            connection.close()

    seconds = shared_out(insert, range(rows), threads)
    _check(dsn, rows)
    return {"threads": threads, "rows": rows, "per_second": round(rows / seconds)}


def _insert(cursor: psycopg2.extensions.cursor, partition: str, stream: str) -> None:
    cursor.execute("SELECT seq FROM heads WHERE partition = %s FOR UPDATE", (partition,))
    seq = cursor.fetchone()[0] + 1
    cursor.execute(INSERT, (partition, seq, stream, DATA))
    cursor.execute("UPDATE heads SET seq = %s WHERE partition = %s", (seq, partition))


def _create(dsn: str) -> None:
    heads = [(f"school-{number}", 0) for number in range(PARTITIONS)]
    connection = psycopg2.connect(dsn)
    with connection, connection.cursor() as cursor:
        cursor.execute(TABLES)
        cursor.executemany("INSERT INTO heads VALUES (%s, %s)", heads)
    connection.close()


def _check(dsn: str, rows: int) -> None:
    connection = psycopg2.connect(dsn)
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT SUM(seq) FROM heads), (SELECT COUNT(*) FROM numbered)")
        counted = cursor.fetchone()
    connection.close()
    assert counted == (rows, rows), counted
