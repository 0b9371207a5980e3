"""Install the servers and the browser that the tests need and the machine lacks.

``make test`` runs this. It changes nothing when all is there. As root on Debian or Ubuntu it
installs packages without starting their services; anywhere else it says what to install.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.stack import needs

POLICY = Path("/usr/sbin/policy-rc.d")
ASYNCAPI = Path(__file__).parents[1] / "asyncapi"


def main() -> int:
    """Return 0 when everything is there in the end."""
    missing = needs.missing()
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        packages = [needs.DEBIAN_PACKAGES[need] for need in missing]
        print(f"Installing {' '.join(packages)} for the tests.", flush=True)
        with services_stay_down():
            _apt_get("update")
            _apt_get("install", "--yes", "--no-install-recommends", *packages)
        missing = needs.missing()
    if missing:
        print(needs.how_to_get(missing), file=sys.stderr)
        return 1
    return _node_packages()


def _node_packages() -> int:
    """Install AsyncAPI's parser beside its lock, unless it is there as locked."""
    lock, installed = ASYNCAPI / "package-lock.json", ASYNCAPI / "node_modules" / ".installed"
    if installed.exists() and installed.read_bytes() == lock.read_bytes():
        return 0
    done = subprocess.run(["npm", "ci", "--no-progress"], cwd=ASYNCAPI, check=False)
    if done.returncode == 0:
        installed.write_bytes(lock.read_bytes())
    return done.returncode


def _apt_get(*arguments: str) -> None:
    # Its exit code says less than what is found afterwards, and its output matters only then.
    done = subprocess.run(
        ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300", *arguments],
        env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        print(done.stdout, file=sys.stderr)


@contextmanager
def services_stay_down() -> Iterator[None]:
    """Debian starts a server as it installs it; policy-rc.d is its way to say no."""
    if POLICY.exists():  # an administrator's own answer stands
        yield
        return
    POLICY.write_text("#!/bin/sh\nexit 101\n")
    POLICY.chmod(0o755)
    try:
        yield
    finally:
        POLICY.unlink()


if __name__ == "__main__":
    sys.exit(main())
