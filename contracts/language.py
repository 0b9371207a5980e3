"""The whole published language, found in the folders: every event and operation of every service.

To publish a new version of an event: change the class, give it the next ``version``, put the old
one beside it as ``@earlier`` with a pure function to the new one, add a golden sample of the new
version. Old samples stay for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import TypeAlias

from contracts.shapes import Data, Operation, Said, said

Upcaster: TypeAlias = Callable[[Data], Data]

SERVICES = ("enrollment", "fees", "attendance", "safety", "audit")

EVERY_SERVICE = "operations"
"""The folder of what every service says and can be asked."""


def _modules(folder: str) -> Iterator[ModuleType]:
    package = import_module(f"contracts.{folder}")
    for found in iter_modules(package.__path__):
        yield import_module(f"{package.__name__}.{found.name}")


def _events(folder: str) -> dict[tuple[str, int], type]:
    """Return every version of every event that is declared in a folder."""
    found: dict[tuple[str, int], type] = {}
    for module in _modules(folder):
        for cls in vars(module).values():
            if not isinstance(cls, type) or cls.__module__ != module.__name__:
                continue
            mark = cls.__dict__.get("__said__")
            if isinstance(mark, Said) and mark.kind == "event":
                key = (mark.name, mark.version)
                if key in found:
                    raise TypeError(f"{folder} declares {mark.name} v{mark.version} twice.")
                found[key] = cls
    return dict(sorted(found.items()))


def features() -> Iterator[tuple[ModuleType, list[Operation]]]:
    """Yield every module of the language with the operations that it declares, in their order."""
    for folder in (*SERVICES, EVERY_SERVICE):
        for module in _modules(folder):
            yield module, _declared(module)


def _declared(module: ModuleType) -> list[Operation]:
    return [each for each in vars(module).values() if isinstance(each, Operation)]


def _operations(folder: str) -> dict[str, Operation]:
    found: dict[str, Operation] = {}
    for module in _modules(folder):
        for operation in _declared(module):
            if operation.name in found:
                raise TypeError(f"{folder} declares the operation {operation.name} twice.")
            found[operation.name] = operation
    return found


EVENTS: Mapping[str, Mapping[tuple[str, int], type]] = {
    service: _events(service) for service in SERVICES
}
"""The events of each service: (type, version) → the class of ``data``."""

SHARED: Mapping[tuple[str, int], type] = _events(EVERY_SERVICE)
"""Events that any service publishes about its own operation."""

OPERATIONS: Mapping[str, Mapping[str, Operation]] = {
    service: _operations(service) for service in (*SERVICES, EVERY_SERVICE)
}
"""What each service can be asked, by name; under ``operations`` what every one can."""


def _upcasters(service: str) -> dict[tuple[str, int], Upcaster]:
    marks = (said(cls) for cls in EVENTS[service].values())
    return {(mark.name, mark.version): mark.upcast for mark in marks if mark.upcast is not None}


UPCASTERS: Mapping[str, Mapping[tuple[str, int], Upcaster]] = {
    service: _upcasters(service) for service in SERVICES
}
"""Service → (type, from version) → ``upcast(data)``."""


def newest() -> dict[tuple[str, str], int]:
    """Return the newest version of every (service, type)."""
    found: dict[tuple[str, str], int] = {}
    for service, events in EVENTS.items():
        for name, version in (*events, *SHARED):
            found[service, name] = max(version, found.get((service, name), 0))
    return found
