"""A PostgreSQL server for the tests."""

from __future__ import annotations

import os
import pwd
import secrets
import signal
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import psycopg2
from sqlalchemy.engine import URL, make_url

from tests.stack import needs
from tests.stack.runners import Container, External, Private, Runner, free_ports, new_folder
from tests.stack.waiting import until

IMAGE = "postgres:17"
SETTINGS = {
    "fsync": "on",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "300",
    "lc_messages": "C",
}


@dataclass
class PostgreSQL:
    """A server, its superuser's URL, and how to hurt it."""

    runner: Runner
    address: URL
    _databases: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The SQLAlchemy URL of the superuser's own database."""
        return self.address.render_as_string(hide_password=False)

    def start(self) -> None:
        """Start the server and return once it takes connections."""
        self.runner.start()
        until(
            self._connects,
            within=90,
            trying=(psycopg2.OperationalError,),
            hopeless=lambda: not self.runner.running(),
            told=self.runner.log,
        )

    def kill(self) -> None:
        """End the server and all of its backends at once (SIGKILL)."""
        self.runner.kill()

    def restart(self) -> None:
        """Start the server again on the same port and data; stop it first if it runs."""
        if self.runner.running():
            self.runner.stop()
        self.start()

    def close(self) -> None:
        """End the server; on somebody else's, drop the databases made here."""
        if isinstance(self.runner, External):
            for name in self._databases:
                self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        self.runner.close()

    def addresses(self) -> list[str]:
        """What ``join`` needs to reach this server."""
        return [self.url]

    def fresh_database(self, name_prefix: str = "hp3", template: str = "template0") -> str:
        """Create a database, empty or like ``template``, and return its URL."""
        name = f"{name_prefix}_{secrets.token_hex(6)}"
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" ENCODING \'UTF8\'')
        self._databases.append(name)
        return self.address.set(database=name).render_as_string(hide_password=False)

    def _execute(self, statement: str) -> None:
        connection = self._connect()
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement)
        finally:
            connection.close()

    def _connects(self) -> bool:
        self._connect().close()
        return True

    def _connect(self) -> psycopg2.extensions.connection:
        libpq = self.address.set(drivername="postgresql")
        return psycopg2.connect(libpq.render_as_string(hide_password=False), connect_timeout=10)


def provide() -> PostgreSQL:
    """Return the server that the environment allows, not yet started.

    Raises:
        LookupError: there is none; the message says what to install.
    """
    named = os.environ.get(needs.POSTGRESQL_URL)
    if named:
        return join(named)
    if needs.docker_answers():
        return _in_container()
    programs = needs.postgresql_programs()
    if programs is None:
        raise LookupError(needs.how_to_get(["PostgreSQL"]))
    return _private(programs)


def join(url: str) -> PostgreSQL:
    """Return a server that somebody else started and will end."""
    return PostgreSQL(External(url), make_url(url))


def _in_container() -> PostgreSQL:
    from testcontainers.core.container import DockerContainer

    (port,) = free_ports(1)
    password = secrets.token_hex(8)
    container = (
        DockerContainer(IMAGE)
        .with_env("POSTGRES_USER", "hp3")
        .with_env("POSTGRES_PASSWORD", password)
        .with_env("POSTGRES_DB", "postgres")
        .with_command("postgres -c max_connections=300")
        .with_bind_ports(5432, port)
    )
    return PostgreSQL(Container(container), _address("hp3", password, port))


def _private(programs: Path) -> PostgreSQL:
    folder = new_folder("postgresql")
    user = _server_user()
    (port,) = free_ports(1)
    password = secrets.token_hex(8)
    data = _new_cluster(programs, folder, user, password)
    settings = SETTINGS | {"port": str(port)}
    flags = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    runner = Private(
        "postgresql",
        folder,
        [str(programs / "postgres"), "-D", str(data), *flags],
        user=user,
        # The "immediate" shutdown: a last checkpoint would write hundreds of databases to the disk,
        # only for them to be removed from it.
        stop_signal=signal.SIGQUIT,
    )
    return PostgreSQL(runner, _address("hp3", password, port))


def _new_cluster(programs: Path, folder: Path, user: str | None, password: str) -> Path:
    data, secret = folder / "data", folder / "password"
    data.mkdir(mode=0o700)
    secret.write_text(password)
    if user:
        account = pwd.getpwnam(user)
        for path in (data, secret):
            os.chown(path, account.pw_uid, account.pw_gid)
    subprocess.run(
        [
            str(programs / "initdb"),
            f"--pgdata={data}",
            "--username=hp3",
            f"--pwfile={secret}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
        ],
        user=user,
        group=user,
        extra_groups=[] if user else None,
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    secret.unlink()
    return data


def _server_user() -> str | None:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        return "nobody"


def _address(user: str, password: str, port: int) -> URL:
    return URL.create("postgresql+psycopg2", user, password, "127.0.0.1", port, "postgres")
