"""A RabbitMQ server, with its management API, for the tests."""

from __future__ import annotations

import os
import secrets
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pika
from pika.adapters.utils.connection_workflow import AMQPConnectorException
from pika.exceptions import AMQPError

from tests.stack import needs
from tests.stack.runners import Container, External, Private, Runner, free_ports, new_folder
from tests.stack.waiting import until

IMAGE = "rabbitmq:4-management"
API_URL = "HP3_TEST_RABBITMQ_API"
QUEUE_DIRECTORY_SAVED_AFTER = 2.0


@dataclass
class RabbitMQ:
    """A server, its administrator's addresses, and how to hurt it."""

    runner: Runner
    url: str
    api_url: str
    _vhosts: list[str] = field(default_factory=list)

    def start(self) -> None:
        """Start the server and return once it takes connections and API calls."""
        self.runner.start()
        until(
            self._answers,
            within=120,
            trying=(AMQPError, AMQPConnectorException, OSError, httpx.HTTPError),
            hopeless=lambda: not self.runner.running(),
            told=self.runner.log,
        )

    def settle(self) -> None:
        """Return once the queues declared so far survive ``kill``.

        RabbitMQ 3.10 and 4.0 write the directory of quorum queues to the disk twice a second and
        tell nobody. A queue that was killed younger never elects a leader again: every call to
        it times out, until it is deleted and declared anew.
        """
        threading.Event().wait(QUEUE_DIRECTORY_SAVED_AFTER)

    def kill(self) -> None:
        """End the server at once (SIGKILL)."""
        self.runner.kill()

    def restart(self) -> None:
        """Start the server again on the same ports and data; stop it first if it runs."""
        if self.runner.running():
            self.runner.stop()
        self.start()

    def freeze(self) -> None:
        """Let the server keep its connections and answer nothing."""
        self.runner.freeze()

    def thaw(self) -> None:
        """Undo ``freeze``."""
        self.runner.thaw()

    def close(self) -> None:
        """End the server; on somebody else's, delete the virtual hosts made here."""
        if isinstance(self.runner, External):
            for name in self._vhosts:
                self.api("DELETE", f"vhosts/{name}")
        self.runner.close()

    def addresses(self) -> list[str]:
        """What ``join`` needs to reach this server."""
        return [self.url, self.api_url]

    def fresh_vhost(self, name_prefix: str = "hp3") -> str:
        """Create an empty virtual host and return its AMQP URL."""
        name = f"{name_prefix}-{secrets.token_hex(6)}"
        user = urlsplit(self.url).username
        everything = {"configure": ".*", "write": ".*", "read": ".*"}
        self.api("PUT", f"vhosts/{name}")
        self.api("PUT", f"permissions/{name}/{user}", json=everything)
        self._vhosts.append(name)
        return urlsplit(self.url)._replace(path=f"/{name}").geturl()

    def api(self, method: str, path: str, **arguments: Any) -> httpx.Response:
        """Return the answer of the management API; a refusal is an error."""
        parts = urlsplit(self.url)
        answer = httpx.request(
            method,
            f"{self.api_url}/{path}",
            auth=(parts.username or "guest", parts.password or "guest"),
            trust_env=False,  # a proxy has no business on this way
            timeout=30,
            **arguments,
        )
        return answer.raise_for_status()

    def _answers(self) -> bool:
        self.api("GET", "overview")
        pika.BlockingConnection(pika.URLParameters(self.url)).close()
        return True


def provide() -> RabbitMQ:
    """Return the server that the environment allows, not yet started.

    Raises:
        LookupError: there is none; the message says what to install.
    """
    named = os.environ.get(needs.AMQP_URL)
    if named:
        guess = f"http://{urlsplit(named).hostname}:15672/api"
        return join(named, os.environ.get(API_URL, guess))
    if needs.docker_answers():
        return _in_container()
    programs = needs.rabbitmq_programs()
    if programs is None:
        raise LookupError(needs.how_to_get(["RabbitMQ"]))
    return _private(programs)


def join(url: str, api_url: str) -> RabbitMQ:
    """Return a server that somebody else started and will end."""
    return RabbitMQ(External(url), url, api_url)


def _in_container() -> RabbitMQ:
    from testcontainers.core.container import DockerContainer

    amqp, api = free_ports(2)
    password = secrets.token_hex(8)
    container = (
        DockerContainer(IMAGE)
        .with_env("RABBITMQ_DEFAULT_USER", "hp3")
        .with_env("RABBITMQ_DEFAULT_PASS", password)
        .with_bind_ports(5672, amqp)
        .with_bind_ports(15672, api)
    )
    return _at(Container(container), password, amqp, api)


def _private(programs: Path) -> RabbitMQ:
    folder = new_folder("rabbitmq")
    amqp, api, distribution, port_mapper = free_ports(4)
    password = secrets.token_hex(8)
    (folder / "enabled_plugins").write_text("[rabbitmq_management].\n")
    (folder / "rabbitmq.conf").write_text(
        f"listeners.tcp.1 = 127.0.0.1:{amqp}\n"
        "management.tcp.ip = 127.0.0.1\n"
        f"management.tcp.port = {api}\n"
        "default_user = hp3\n"
        f"default_pass = {password}\n"
        "disk_free_limit.absolute = 50MB\n"
    )
    cookie = folder / ".erlang.cookie"
    cookie.write_text(secrets.token_hex(16))
    cookie.chmod(0o400)
    runner = Private(
        "rabbitmq",
        folder,
        [str(programs / "rabbitmq-server")],
        environment=_environment(folder, distribution, port_mapper),
        ends_politely=False,  # which takes it six seconds, and its data goes anyway
    )
    return _at(runner, password, amqp, api)


def _environment(folder: Path, distribution: int, port_mapper: int) -> dict[str, str]:
    """Everything of the server's own, so that no installed or running broker is touched."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("RABBITMQ_", "ERL_"))}
    return inherited | {
        "HOME": str(folder),
        "RABBITMQ_ALLOW_INPUT": "1",  # the script becomes the server instead of its parent
        "RABBITMQ_CONF_ENV_FILE": str(folder / "none.conf"),
        "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq.conf"),
        "RABBITMQ_ADVANCED_CONFIG_FILE": str(folder / "none.config"),
        "RABBITMQ_CONFIG_FILES": str(folder / "conf.d"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "enabled_plugins"),
        "RABBITMQ_GENERATED_CONFIG_DIR": str(folder / "config"),
        "RABBITMQ_SCHEMA_DIR": str(folder / "schema"),
        "RABBITMQ_MNESIA_BASE": str(folder / "data"),
        "RABBITMQ_LOG_BASE": str(folder / "log"),
        "RABBITMQ_LOGS": "-",
        "RABBITMQ_PID_FILE": str(folder / "pid"),
        "RABBITMQ_NODENAME": "hp3-tests@localhost",
        "RABBITMQ_DIST_PORT": str(distribution),
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": (
            "-noinput -kernel inet_dist_use_interface {127,0,0,1}"
        ),
        "ERL_EPMD_PORT": str(port_mapper),
        "ERL_EPMD_ADDRESS": "127.0.0.1",
    }


def _at(runner: Runner, password: str, amqp: int, api: int) -> RabbitMQ:
    return RabbitMQ(
        runner, f"amqp://hp3:{password}@127.0.0.1:{amqp}/%2F", f"http://127.0.0.1:{api}/api"
    )
