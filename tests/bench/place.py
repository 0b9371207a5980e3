"""Where a measurement runs: fresh databases, virtual hosts and folders, as many as it asks for."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["sqlite", "postgresql"]


@dataclass(frozen=True, slots=True)
class Place:
    """A folder on the disk that the data lies on, and the real servers."""

    root: Path
    fresh_database: Callable[[str], str]
    fresh_vhost: Callable[[], str]

    def database(self, kind: Kind) -> str:
        """Return the URL of an empty database."""
        if kind == "postgresql":
            return self.fresh_database("bench")
        return f"sqlite:///{self.folder() / 'bench.sqlite'}"

    def vhost(self) -> str:
        """Return the AMQP URL of an empty virtual host."""
        return self.fresh_vhost()

    def folder(self) -> Path:
        """Return an empty folder."""
        return Path(tempfile.mkdtemp(dir=self.root))
