"""The whole published language, found in the folders: every event and operation of every service.

To publish a new version of an event: change the class, give it the next ``version``, put the old
one beside it as ``@earlier`` with a pure function to the new one, add a golden sample of the new
version. Old samples stay for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import TypeAlias, TypeVar

from contracts.shapes import Data, Operation, Said, said, service_of

V = TypeVar("V")

Upcaster: TypeAlias = Callable[[Data], Data]

SERVICES = ("enrollment", "fees", "attendance", "safety", "audit")

EVERY_SERVICE = "operations"
"""The folder of what every service says and can be asked."""


class _Folders(Mapping[str, V]):
    """What is found in each folder; read when asked for, so that a start reads what it needs."""

    def __init__(self, folders: tuple[str, ...], read: Callable[[str], V]) -> None:
        self._folders = folders
        self._read = cache(read)

    def __getitem__(self, folder: str) -> V:
        if folder not in self._folders:
            raise KeyError(folder)
        return self._read(folder)

    def __iter__(self) -> Iterator[str]:
        return iter(self._folders)

    def __len__(self) -> int:
        return len(self._folders)


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


EVENTS: Mapping[str, Mapping[tuple[str, int], type]] = _Folders(SERVICES, _events)
"""The events of each service: (type, version) → the class of ``data``."""

SHARED: Mapping[tuple[str, int], type] = _events(EVERY_SERVICE)
"""Events that any service publishes about its own operation."""

OPERATIONS: Mapping[str, Mapping[str, Operation]] = _Folders(
    (*SERVICES, EVERY_SERVICE), _operations
)
"""What each service can be asked, by name; under ``operations`` what every one can."""


def _upcasters(service: str) -> dict[tuple[str, int], Upcaster]:
    marks = (said(cls) for cls in EVENTS[service].values())
    return {(mark.name, mark.version): mark.upcast for mark in marks if mark.upcast is not None}


UPCASTERS: Mapping[str, Mapping[tuple[str, int], Upcaster]] = _Folders(SERVICES, _upcasters)
"""Service → (type, from version) → ``upcast(data)``."""


def steps_to(events: Iterable[type]) -> dict[str, dict[tuple[str, int], Upcaster]]:
    """Return the upcasters of some events, by service: their earlier versions stand beside them."""
    found: dict[str, dict[tuple[str, int], Upcaster]] = {}
    for event in events:
        steps = found.setdefault(service_of(event), {})
        for cls in vars(import_module(event.__module__)).values():
            mark = cls.__dict__.get("__said__") if isinstance(cls, type) else None
            if isinstance(mark, Said) and mark.name == said(event).name and mark.upcast:
                steps[mark.name, mark.version] = mark.upcast
    return found


def newest() -> dict[tuple[str, str], int]:
    """Return the newest version of every (service, type)."""
    found: dict[tuple[str, str], int] = {}
    for service, events in EVENTS.items():
        for name, version in (*events, *SHARED):
            found[service, name] = max(version, found.get((service, name), 0))
    return found
