"""Checks of one service's database: does it keep what it says it kept, and does it fit the code?"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DatabaseError

from chassis.clock import Clock
from chassis.eventsourcing.migrate import current_revision, newest_revision
from chassis.vault import Vault, WrongMasterKey, check_keys
from hp3.doctor.finding import Finding, attention, fine, stop

OLDEST_POSTGRESQL = 140000
LOSING = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
APART = timedelta(seconds=5)
BEHIND_THE_LOG = timedelta(minutes=5)
LEAST_FREE = 500_000_000


def check(
    where: str,
    engine: Engine,
    migrations: ModuleType,
    vault: Vault | None,
    clock: Clock,
    *,
    thorough: bool = True,
) -> Iterator[Finding]:
    """Look at a database that can be reached; not ``thorough``, only at what is quickly seen."""
    yield from revision(where, engine, migrations)
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            yield from settings(where, connection)
            yield from headroom(where, connection)
            yield from database_clock(where, connection)
        else:
            yield from sqlite(where, connection, thorough=thorough)
        if current_revision(engine) == newest_revision(migrations):
            yield from keys(where, connection, vault)
            yield from log_clock(where, connection, clock)
            yield from waiting(where, connection)


def revision(where: str, engine: Engine, migrations: ModuleType) -> Iterator[Finding]:
    """Compare the tables with the release."""
    here, wanted = current_revision(engine), newest_revision(migrations)
    if here == wanted:
        yield fine(where, f"表结构是 {wanted}。", f"tables are at revision {wanted}.")
    elif here is not None and here > wanted:
        yield stop(
            where,
            f"表结构 {here} 比这个版本的程序（{wanted}）新；旧程序会写错。",
            f"tables are at revision {here}, newer than this release knows ({wanted}).",
            "Start the release that was here before, or a newer one.",
        )
    else:
        yield attention(
            where,
            f"表结构是 {here}，启动时会升级到 {wanted}。",
            f"tables are at revision {here}; the next start brings them to {wanted}.",
        )


def settings(where: str, connection: Connection) -> Iterator[Finding]:
    """Look at PostgreSQL's version and at what would lose an acknowledged command."""
    version = int(_show(connection, "server_version_num"))
    if version < OLDEST_POSTGRESQL:
        yield stop(
            where,
            "PostgreSQL 版本低于 14。",
            f"PostgreSQL {_show(connection, 'server_version')} is older than 14.",
            "Upgrade the server; 17 is what docker compose runs.",
        )
    for name, losing in LOSING.items():
        if _show(connection, name) == losing:
            yield stop(
                where,
                f"{name} 关闭：断电会丢失已确认的数据。",
                f"{name} is {losing}: a power cut loses what was acknowledged.",
                f"ALTER SYSTEM SET {name} = on; SELECT pg_reload_conf(); "
                f"and ALTER ROLE … RESET {name}, ALTER DATABASE … RESET {name}",
            )
    if (encoding := _show(connection, "server_encoding")) != "UTF8":
        yield stop(
            where,
            f"数据库编码是 {encoding}，不能保存中文。",
            f"its encoding is {encoding}; Chinese needs UTF8.",
            "CREATE DATABASE … TEMPLATE template0 ENCODING 'UTF8', and load the data there",
        )


def headroom(where: str, connection: Connection) -> Iterator[Finding]:
    """Look at how many connections are left."""
    most = int(_show(connection, "max_connections"))
    used = connection.execute(text("SELECT COUNT(*) FROM pg_stat_activity")).scalar_one()
    if used > most * 0.8:
        yield attention(
            where,
            f"连接数 {used}/{most}，快用完了。",
            f"{used} of {most} connections are in use.",
            "ALTER SYSTEM SET max_connections = …; restart the server",
        )


def database_clock(where: str, connection: Connection) -> Iterator[Finding]:
    """Compare the server's clock with this machine's."""
    theirs = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    apart = abs(datetime.now(UTC) - theirs)
    if apart > APART:
        yield attention(
            where,
            f"数据库与本机时钟相差 {apart.total_seconds():.0f} 秒。",
            f"its clock and this machine's are {apart.total_seconds():.0f} s apart.",
            "Set up time synchronisation (chrony, systemd-timesyncd) on both.",
        )


def sqlite(where: str, connection: Connection, *, thorough: bool = True) -> Iterator[Finding]:
    """Look at a database file: whole (it is read from end to end), journalled, with room."""
    try:
        found = connection.exec_driver_sql("PRAGMA quick_check").scalar() if thorough else "ok"
    except DatabaseError as damaged:
        found = str(damaged.orig)
    if found != "ok":
        yield stop(
            where,
            f"数据库文件损坏：{found}。",
            f"the database file is damaged: {found}.",
            "hp3 restore --from FOLDER --name NAME (into an empty HP3_DATA)",
        )
    mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar()
    if mode != "wal":
        yield attention(where, f"日志模式是 {mode}。", f"its journal mode is {mode}, not WAL.")
    path = connection.engine.url.database
    if path and shutil.disk_usage(Path(path).parent).free < LEAST_FREE:
        yield attention(where, "磁盘空间不足 500 MB。", "less than 500 MB of disk are free.")


def keys(where: str, connection: Connection, vault: Vault | None) -> Iterator[Finding]:
    """Open one stored key of each master key that wrapped any."""
    if vault is None:
        return
    try:
        check_keys(connection, vault)
    except WrongMasterKey as wrong:
        yield stop(
            where,
            "主密钥打不开已保存的个人信息。",
            f"the master key does not open the personal data that are stored: {wrong}",
            "Set HP3_MASTER_KEY (or HP3_MASTER_KEY_OLD) to the key of before.",
        )


def log_clock(where: str, connection: Connection, clock: Clock) -> Iterator[Finding]:
    """Compare the clock with the newest event: time must not run backward in a log."""
    newest = connection.execute(
        text(
            "SELECT MAX(e.recorded_at) FROM partition_heads h JOIN events e "
            "ON e.partition = h.partition AND e.seq = h.seq"
        )
    ).scalar()
    if newest and datetime.fromisoformat(newest) - clock.now() > BEHIND_THE_LOG:
        yield stop(
            where,
            f"时钟比最新事件（{newest}）还早：新事件会排错时间。",
            f"the clock is behind the newest event ({newest}).",
            "Set the machine's clock (and HP3_CLOCK) right.",
        )


def waiting(where: str, connection: Connection) -> Iterator[Finding]:
    """Look at events that wait for a person, and at what the relay has not sent yet."""
    if connection.dialect.has_table(connection, "parked_events"):
        query = text("SELECT COUNT(*) FROM parked_events WHERE state = 'parked'")
        parked = connection.execute(query).scalar_one()
        if parked:
            yield attention(
                where,
                f"有 {parked} 个被搁置的事件等人处理。",
                f"{parked} parked events wait for a person.",
                "hp3 parked list",
            )


def _show(connection: Connection, name: str) -> str:
    return str(connection.exec_driver_sql(f"SHOW {name}").scalar())
