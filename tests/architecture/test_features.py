"""A service is a list of features: each folder is on it, and imports point down it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, named, tree_of

NO_FEATURES = {"migrations", "views"}
"""Beside the features: the views that all of audit stands on."""


def listed(definition: Path) -> list[str]:
    """The features of a service in the order of its definition, lowest first."""
    return [
        node.value.id
        for node in ast.walk(tree_of(definition))
        if isinstance(node, ast.Attribute)
        and node.attr == "FEATURE"
        and isinstance(node.value, ast.Name)
    ]


SERVICES = {
    path.parent.name: listed(path)
    for path in sorted(ROOT.glob("services/*/definition.py"))
    if listed(path)
}


def against_the_order(service: str, order: list[str], within: Path = ROOT) -> Iterator[str]:
    """The imports of a feature that is not below the one that imports it."""
    for at, feature in enumerate(order):
        for path in sorted((within / "services" / service / feature).rglob("*.py")):
            for name in named(ast.parse(path.read_text(encoding="utf-8"))):
                owner, _, rest = name.removeprefix("services.").partition(".")
                wanted = rest.partition(".")[0]
                if owner == service and wanted in order[at + 1 :]:
                    yield f"{feature} imports {name}"


def folders(service: str, within: Path = ROOT) -> set[str]:
    """The folders of a service that ought to be features."""
    found = (within / "services" / service).glob("*/__init__.py")
    return {path.parent.name for path in found} - NO_FEATURES


@pytest.mark.parametrize("service", SERVICES)
def test_every_folder_of_a_service_is_a_feature_on_its_list(service: str):
    assert folders(service) == set(SERVICES[service])


def test_a_folder_that_is_no_feature_is_reported(tmp_path: Path):
    for name in ("helpers", "migrations"):
        (tmp_path / "services" / "fees" / name).mkdir(parents=True)
        (tmp_path / "services" / "fees" / name / "__init__.py").touch()

    assert folders("fees", tmp_path) - set(SERVICES["fees"]) == {"helpers"}


@pytest.mark.parametrize("service", SERVICES)
def test_features_stand_on_those_before_them(service: str):
    assert list(against_the_order(service, SERVICES[service])) == []


def test_an_import_that_points_up_is_reported(tmp_path: Path):
    folder = tmp_path / "services" / "fees" / "charges"
    folder.mkdir(parents=True)
    (folder / "handlers.py").write_text("from services.fees import scope, waivers\n")

    assert list(against_the_order("fees", ["charges", "waivers"], tmp_path)) == [
        "charges imports services.fees.waivers"
    ]
    assert list(against_the_order("fees", ["waivers", "charges"], tmp_path)) == []
