"""import-linter's contracts hold, and each of them can fail."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
    "contracts"
]
NAMES = {contract["id"]: contract["name"] for contract in CONTRACTS}

# For each contract: a file of a small project with the same packages, the line in it that breaks
# the contract, and what the report must say.
CANARIES = {
    "deployables-on-libraries": (
        "chassis/clock.py",
        "import gateway.app",
        "chassis is not allowed to import gateway",
    ),
    "services-independent": (
        "services/fees/policies.py",
        "import services.safety.policies",
        "services.fees is not allowed to import services.safety",
    ),
    "inside-a-service": (
        "services/fees/scope.py",
        "import services.fees.definition",
        "services.fees.scope is not allowed to import services.fees.definition",
    ),
    "inside-a-feature": (
        "services/fees/tariffs/domain.py",
        "import services.fees.tariffs.handlers",
        "services.fees.tariffs.domain is not allowed to import services.fees.tariffs.handlers",
    ),
    "pure-domain": (
        "services/safety/incidents/domain.py",
        "import sqlalchemy",
        "services.safety.incidents.domain is not allowed to import sqlalchemy",
    ),
    "nameko-at-the-edge": (
        "services/safety/incidents/handlers.py",
        "from nameko.rpc import rpc",
        "services is not allowed to import nameko",
    ),
    "bus-in-the-chassis": (
        "gateway/app.py",
        "import pika",
        "gateway is not allowed to import pika",
    ),
    "contracts-are-light": (
        "contracts/safety.py",
        "import sqlalchemy",
        "contracts is not allowed to import sqlalchemy",
    ),
    "speaks-fees": (
        "services/attendance/handlers.py",
        "import contracts.fees",
        "services.attendance.handlers -> contracts.fees",
    ),
    "speaks-audit": (
        "services/enrollment/term.py",
        "import contracts.audit",
        "services.enrollment.term -> contracts.audit",
    ),
    "registers-keep-enrollment": (
        "registers/schools.py",
        "import contracts.fees",
        "registers is not allowed to import contracts.fees",
    ),
    "no-test-code-in-production": (
        "services/audit/log.py",
        "import chassis.testing",
        "services is not allowed to import chassis.testing",
    ),
    "acyclic": (
        "chassis/vault.py",
        "import chassis.security",
        "No cycles are allowed in chassis",
    ),
}
# What the canaries import, and what the contracts name.
ALSO_THERE = {
    "chassis/security.py": "import chassis.vault",  # the other half of the cycle
    "chassis/testing.py": "",
    "contracts/attendance.py": "",
    "contracts/fees.py": "",
    "contracts/audit.py": "",
    "contracts/language.py": "",
    "contracts/schemas.py": "",
    "hp3/cli.py": "",
    "policies/__init__.py": "",
    "services/fees/definition.py": "",
    "services/fees/tariffs/handlers.py": "",
    "services/fees/tariffs/errors.py": "",
    "services/safety/policies.py": "",
    **{
        f"chassis/{name}.py": ""
        for name in (
            "eventsourcing",
            "kernel",
            "messaging",
            "nameko_support",
            "observability",
            "service",
            "settings",
        )
    },
}


def lint(folder: Path) -> str:
    """The report of lint-imports, run in ``folder`` with this project's contracts."""
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [program, "--no-logo", "--no-cache", "--config", str(ROOT / "pyproject.toml")],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    return re.sub(r"\x1b\[[0-9;]*m", "", done.stdout + done.stderr)


def lay_out(folder: Path, extra: dict[str, str]) -> None:
    """Write a small project that has every package, with ``extra`` files."""
    bystanders = {file: "" for file, _, _ in CANARIES.values()}
    for file, text in (bystanders | ALSO_THERE | extra).items():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        for package in path.relative_to(folder).parents[:-1]:
            (folder / package / "__init__.py").touch()
        path.write_text(f"{text}\n")


@pytest.fixture(scope="module")
def report_on_the_canaries(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("project")
    lay_out(folder, {file: line for file, line, _ in CANARIES.values()})
    return lint(folder)


def test_every_contract_is_kept():
    report = lint(ROOT)

    assert "0 broken" in report, report


def test_every_contract_has_a_canary():
    assert set(CANARIES) == set(NAMES)


@pytest.mark.parametrize("contract", CANARIES)
def test_a_contract_can_fail(contract: str, report_on_the_canaries: str):
    _, _, finding = CANARIES[contract]

    assert f"{NAMES[contract]} BROKEN" in report_on_the_canaries
    assert finding in report_on_the_canaries


def test_a_cycle_that_only_the_type_checker_would_see_is_reported(tmp_path: Path):
    back = "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    import hp3.first"
    lay_out(tmp_path, {"hp3/first.py": "import hp3.second", "hp3/second.py": back})

    assert "No cycles are allowed in hp3" in lint(tmp_path)
