"""What the tests need from the machine, where it is found, and what to install when it is not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

POSTGRESQL_URL = "HP3_TEST_POSTGRESQL_URL"
AMQP_URL = "HP3_TEST_AMQP_URL"
DOCKER = "HP3_TEST_DOCKER"
CHROMIUM = "HP3_TEST_CHROMIUM"

# Servers that a distribution keeps off the PATH.
POSTGRESQL_HOMES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin")
RABBITMQ_HOMES = ("/usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin", "/usr/lib/rabbitmq/bin")

DEBIAN_PACKAGES = {
    "PostgreSQL": "postgresql",
    "RabbitMQ": "rabbitmq-server",
    "Chromium": "chromium",
    "a Chinese font": "fonts-wqy-microhei",
    "Node.js": "nodejs",
    "npm": "npm",
}


@cache
def docker_answers() -> bool:
    """Whether a Docker engine can be reached, asked once; HP3_TEST_DOCKER=0 says no."""
    if os.environ.get(DOCKER) == "0":
        return False
    # In a process of its own, because the client leaves a socket open when nobody answers.
    ask = "from testcontainers.core.docker_client import DockerClient; DockerClient().client.ping()"
    asked = subprocess.run([sys.executable, "-c", ask], capture_output=True, check=False)
    return asked.returncode == 0


def postgresql_programs() -> Path | None:
    """The folder that holds ``postgres`` and ``initdb``, the newest version first."""
    return _folder_with("initdb", POSTGRESQL_HOMES)


def rabbitmq_programs() -> Path | None:
    """The folder that holds the plain ``rabbitmq-server`` script.

    Not the one on the PATH: distributions put a wrapper there that changes the
    user and brings its own settings.
    """
    return _folder_with("rabbitmq-server", RABBITMQ_HOMES)


def chromium() -> str | None:
    """The path of a Chromium executable."""
    named = os.environ.get(CHROMIUM)
    if named:
        return named if os.access(named, os.X_OK) else None
    names = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


def chinese_font() -> bool:
    """Whether a page in Chinese would show characters instead of boxes."""
    listing = shutil.which("fc-list")
    if listing is None:
        return False
    found = subprocess.run([listing, ":lang=zh-cn"], capture_output=True, text=True, check=False)
    return bool(found.stdout.strip())


def missing() -> list[str]:
    """What the tests cannot find by any of the ways they know."""
    found = {
        "PostgreSQL": os.environ.get(POSTGRESQL_URL) or docker_answers() or postgresql_programs(),
        "RabbitMQ": os.environ.get(AMQP_URL) or docker_answers() or rabbitmq_programs(),
        "Chromium": chromium(),
        "a Chinese font": chinese_font(),
        "Node.js": shutil.which("node"),
        "npm": shutil.which("npm"),
    }
    return [need for need, answer in found.items() if not answer]


def how_to_get(needs: list[str]) -> str:
    """What a person must do so that ``needs`` are met."""
    packages = " ".join(DEBIAN_PACKAGES[need] for need in needs)
    return (
        f"The tests need {', '.join(needs)} and found none. Any of these helps:\n"
        f"  - Debian or Ubuntu: apt-get install {packages}\n"
        f"  - PostgreSQL and RabbitMQ: a Docker engine that this user may use\n"
        f"  - servers of your own: {POSTGRESQL_URL}=postgresql+psycopg2://superuser:…@host/postgres"
        f" and {AMQP_URL}=amqp://administrator:…@host:5672/\n"
        f"  - a browser of your own: {CHROMIUM}=/path/to/chromium"
    )


def _folder_with(program: str, homes: tuple[str, ...]) -> Path | None:
    folders = [folder for home in homes for folder in Path("/").glob(home.lstrip("/"))]
    folders.sort(key=lambda folder: [int(n) for n in _numbers(folder)], reverse=True)
    on_path = shutil.which(program)
    if on_path and Path(on_path).resolve().parent not in map(Path.resolve, folders):
        folders.append(Path(on_path).resolve().parent)
    return next((folder for folder in folders if (folder / program).is_file()), None)


def _numbers(folder: Path) -> list[str]:
    return "".join(c if c.isdigit() else " " for c in str(folder)).split()
