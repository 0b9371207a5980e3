"""Given / when / then for deciders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest

from chassis.kernel.decider import Decider
from chassis.kernel.errors import BusinessRuleViolation


@dataclass(frozen=True)
class Scenario:
    """One sentence about a decider: given history, when a command, then events."""

    decider: Decider[Any, Any, Any]
    history: tuple[Any, ...] = ()
    command: Any = None

    def given(self, *events: Any) -> Scenario:
        return replace(self, history=events)

    def when(self, command: Any) -> Scenario:
        return replace(self, command=command)

    def then(self, *expected: Any) -> None:
        assert list(self._decide()) == list(expected)

    def then_nothing(self) -> None:
        assert list(self._decide()) == []

    def then_refused(self, error: type[BusinessRuleViolation]) -> None:
        with pytest.raises(error):
            self._decide()

    def _decide(self) -> Sequence[Any]:
        return self.decider.decide(self.decider.fold(self.history), self.command)
