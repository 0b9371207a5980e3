"""What the rules about the code share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.architecture.source import tree_of


@pytest.fixture(scope="package", autouse=True)
def _trees() -> Iterator[None]:
    """Forget the trees after these tests: every later collection of garbage would search them."""
    yield
    tree_of.cache_clear()
