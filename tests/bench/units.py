"""What a figure is counted in. A measurement declares each of its figures with one of these."""

from __future__ import annotations

from typing import Annotated, TypeAlias

Count: TypeAlias = Annotated[int, "count"]
PerSecond: TypeAlias = Annotated[int, "1/s"]
Seconds: TypeAlias = Annotated[float, "s"]
Milliseconds: TypeAlias = Annotated[float, "ms"]
Megabytes: TypeAlias = Annotated[float, "MB"]
Holds: TypeAlias = Annotated[bool, "yes or no"]
