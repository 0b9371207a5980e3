"""Commands, events and values cannot be changed once made."""

from __future__ import annotations

import dataclasses
import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import get_args

import pytest

from tests.architecture.source import ROOT, domain_files


def domain_modules() -> list[str]:
    return [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in domain_files()
        if path.stem != "__init__"
    ]


def members(module: ModuleType) -> Iterator[type]:
    """The classes in a module's ``Command`` and ``Event`` unions, or in one with such a name."""
    for name, union in vars(module).items():
        if name.endswith(("Command", "Event")):
            yield from (m for m in get_args(union) or (union,) if isinstance(m, type))


def loose_dataclasses(module: ModuleType) -> list[str]:
    """Dataclasses defined here that are not both frozen and slotted."""
    return [
        name
        for name, kind in vars(module).items()
        if isinstance(kind, type)
        and kind.__module__ == module.__name__
        and dataclasses.is_dataclass(kind)
        and not _fixed(kind)
    ]


def _fixed(kind: type) -> bool:
    parameters = getattr(kind, "__dataclass_params__", None)
    return parameters is not None and parameters.frozen and "__slots__" in vars(kind)


@pytest.mark.parametrize("name", domain_modules())
def test_every_command_and_event_is_frozen_and_slotted(name: str):
    assert [m.__name__ for m in members(importlib.import_module(name)) if not _fixed(m)] == []


@pytest.mark.parametrize("name", domain_modules())
def test_every_dataclass_of_the_domain_is_frozen_and_slotted(name: str):
    assert loose_dataclasses(importlib.import_module(name)) == []


@dataclass(frozen=True)
class NotSlotted:
    x: int


@dataclass(slots=True)
class NotFrozen:
    x: int


@dataclass(frozen=True, slots=True)
class Right:
    x: int


class NoDataclass:
    pass


def test_a_loose_member_of_a_union_is_reported():
    module = ModuleType("canary")
    module.Event = NotSlotted | NotFrozen | Right | NoDataclass
    module.TariffCommand = NotFrozen

    loose = [m.__name__ for m in members(module) if not _fixed(m)]

    assert loose == ["NotSlotted", "NotFrozen", "NoDataclass", "NotFrozen"]


def test_a_loose_dataclass_is_reported():
    module = ModuleType(__name__)
    module.__dict__.update(NotSlotted=NotSlotted, NotFrozen=NotFrozen, Right=Right)

    assert loose_dataclasses(module) == ["NotSlotted", "NotFrozen"]
