"""Every measurement, once: ``make bench`` runs them at their full size, the tests at a tiny one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from statistics import median_low
from typing import Any, TypeAlias, get_type_hints

from contracts.language import SERVICES
from tests.bench import (
    allocating,
    append,
    as_of,
    consume,
    cpu_per_command,
    fsync,
    handover,
    importing,
    loopback,
    numbered_insert,
    peer,
    rebuild_live,
    rebuilding,
    relay,
    start,
    start_of_one,
)
from tests.bench.place import Place

Runs: TypeAlias = Sequence[Mapping[str, Any]]
"""The figures of each repetition."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """What is measured, how much of it (one size or several), and how often.

    ``measure`` takes the place, a size and ``options``; its return type says what it promises.
    """

    name: str
    measure: Callable[..., Mapping[str, Any]]
    full: int | tuple[int, ...]
    tiny: int
    repetitions: int = 1
    options: Mapping[str, Any] = field(default_factory=dict)

    def sizes(self, scale: float) -> list[int]:
        """The full sizes times ``scale``, none below the tiny one."""
        full = self.full if isinstance(self.full, tuple) else (self.full,)
        return [max(self.tiny, round(scale * size)) for size in full]

    @property
    def units(self) -> dict[str, str]:
        """The figures that it promises, and what each is counted in."""
        promised = get_type_hints(self.measure)["return"]
        hints = get_type_hints(promised, include_extras=True)
        return {figure: hint.__metadata__[0] for figure, hint in hints.items()}

    def run(self, place: Place, size: int) -> Mapping[str, Any]:
        """Measure once."""
        return self.measure(place, size, **self.options)


def _table() -> tuple[Measurement, ...]:
    postgresql, sqlite = {"database": "postgresql"}, {"database": "sqlite"}
    one, eight = {"threads": 1}, {"threads": 8}
    jobs = {"jobs": 2}
    rows = [
        Measurement("limit.fsync", fsync.measure, 1000, 5, 3),
        Measurement("limit.loopback", loopback.measure, 20_000, 50, 3),
        Measurement("limit.insert.one", numbered_insert.measure, 3000, 8, 3, one),
        Measurement("limit.insert", numbered_insert.measure, 8000, 16, 3, eight),
        Measurement("pyeventsourcing.one", peer.measure, 1000, 8, 3, one),
        Measurement("pyeventsourcing", peer.measure, 2000, 16, 3, eight),
        Measurement("append.postgresql.one", append.measure, 3000, 8, 3, postgresql | one),
        Measurement("append.postgresql", append.measure, 8000, 16, 3, postgresql | eight),
        Measurement("append.sqlite", append.measure, 6000, 8, 3, sqlite | one),
        Measurement("append.sqlite.threads", append.measure, 6000, 16, 3, sqlite | eight),
        Measurement("cpu_per_command", cpu_per_command.measure, 2000, 8, 3, postgresql),
        Measurement("start", start.measure, 1, 1, 5),
        Measurement("relay", relay.measure, 30_000, 200),
        Measurement("consumer", consume.measure, 30_000, 200),
        Measurement("rebuild.postgresql", rebuilding.measure, 1000, 2, 1, postgresql),
        Measurement("rebuild.sqlite", rebuilding.measure, 1000, 2, 1, sqlite),
        Measurement("rebuild.live", rebuild_live.measure, (1_000_000, 3_000_000), 500, 1, jobs),
        Measurement("as-of.verify.proof", as_of.measure, 500_000, 500),
        Measurement("allocate.pure", allocating.pure, 5000, 80, 3),
        Measurement("allocate.postgresql", allocating.command, 5000, 80, 1, postgresql),
        Measurement("allocate.sqlite", allocating.command, 5000, 80, 1, sqlite),
        Measurement("handover.http", handover.measure, 1224, 8),
    ]
    for name in (*SERVICES, "gateway"):
        of = {"deployable": name}
        rows.append(Measurement(f"start.{name}", start_of_one.measure, 1, 1, 7, of))
    for kind in importing.WRITERS:
        for name, database in (("sqlite", sqlite), ("postgresql", postgresql)):
            of = {"kind": kind} | database
            rows.append(Measurement(f"import.{kind}.{name}", importing.measure, 50_000, 20, 1, of))
    return tuple(rows)


MEASUREMENTS = _table()

RATIOS = (
    ("append.postgresql.one", "pyeventsourcing.one"),
    ("append.postgresql", "pyeventsourcing"),
    ("append.postgresql.one", "limit.insert.one"),
    ("append.postgresql", "limit.insert"),
    ("append.sqlite", "limit.fsync"),
    ("handover.http", "limit.loopback"),
)
"""(ours, beside what): one's ``per_second`` over the other's, when both were measured."""


def in_rounds(
    measurements: Iterable[Measurement], place: Place, scale: float
) -> Iterator[tuple[Measurement, Runs]]:
    """Measure, most often repeated first; yield each measurement (and size) when it is done.

    Those that are repeated equally often take turns, because another minute is another machine.
    """
    by_repetitions = sorted(measurements, key=lambda each: -each.repetitions)
    for repetitions, group in groupby(by_repetitions, key=lambda each: each.repetitions):
        series: list[tuple[Measurement, int, list[Mapping[str, Any]]]] = [
            (each, size, []) for each in group for size in each.sizes(scale)
        ]
        for turn in range(1, repetitions + 1):
            for each, size, runs in series:
                runs.append(each.run(place, size))
                if turn == repetitions:
                    yield each, runs


def summary(runs: Runs) -> dict[str, Any]:
    """Return the (lower) median of each figure, and the range of those that differed."""
    seen = {figure: sorted(run[figure] for run in runs) for figure in runs[0]}
    ranges = {name: [each[0], each[-1]] for name, each in seen.items() if each[0] != each[-1]}
    medians = {figure: median_low(each) for figure, each in seen.items()}
    return {**medians, "repetitions": len(runs), **({"ranges": ranges} if ranges else {})}


def ratios(measured: Mapping[str, Runs]) -> dict[str, Any]:
    """Return each ratio that one run can tell: the median over its rounds, and the range."""
    told = {}
    for ours, other in RATIOS:
        if ours in measured and other in measured:
            rounds = zip(measured[ours], measured[other], strict=False)
            ratio = [round(one["per_second"] / two["per_second"], 3) for one, two in rounds]
            told[f"{ours} / {other}"] = summary([{"ratio": each} for each in ratio])
    return told
