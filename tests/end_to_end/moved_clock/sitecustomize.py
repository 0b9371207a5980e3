"""A clock that a test moves while processes run: Python itself imports this as it starts one.

With this folder on the ``PYTHONPATH`` a process is what its command makes it, but for its clock:
that shows what the file ``HP3_TEST_CLOCK`` names, in the words of ``HP3_CLOCK``, each time anew.
"""

from __future__ import annotations

import os
import sys
from importlib.abc import MetaPathFinder
from importlib.util import find_spec
from typing import Any


class Clocks(MetaPathFinder):
    """Waits for ``chassis.clock``, as nothing may be imported before its turn in a process."""

    def find_spec(self, fullname: str, *_others: Any) -> Any:
        if fullname != "chassis.clock":
            return None
        sys.meta_path.remove(self)
        spec = find_spec(fullname)
        assert spec is not None
        loader: Any = spec.loader
        execute = loader.exec_module

        def execute_and_replace(module: Any) -> None:
            execute(module)
            named = module.clock_from
            module.clock_from = lambda _setting: Moved(named)

        loader.exec_module = execute_and_replace
        return spec


class Moved:
    """A clock that somebody else moves."""

    def __init__(self, named: Any) -> None:
        self._named = named

    def now(self) -> Any:
        with open(os.environ["HP3_TEST_CLOCK"], encoding="ascii") as setting:
            return self._named(setting.read()).now()


sys.meta_path.insert(0, Clocks())
