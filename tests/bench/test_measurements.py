"""Every measurement runs, at a tiny size: what it promises comes out, and nothing is timed."""

from __future__ import annotations

import json
import math

import pytest

from tests.bench import __main__ as bench
from tests.bench.place import Place
from tests.bench.table import MEASUREMENTS, RATIOS, Measurement, in_rounds, ratios, summary

BY_NAME = {each.name: each for each in MEASUREMENTS}


@pytest.fixture
def place(tmp_path, fresh_database, fresh_vhost) -> Place:
    return Place(tmp_path, fresh_database, fresh_vhost)


def sane(figure: object, unit: str) -> bool:
    """Whether a figure can be what its unit says, on any machine."""
    match unit, figure:
        case "yes or no", bool():
            return figure
        case "count", int():
            return figure >= 0
        case "1/s", int():
            return 0 < figure < 10**8
        case "s" | "ms" | "MB", int() | float():
            return math.isfinite(figure) and 0 <= figure < 10**6
        case _:
            return False


def not_sane(figures: dict[str, object], units: dict[str, str]) -> dict[str, object]:
    return {name: figures[name] for name, unit in units.items() if not sane(figures[name], unit)}


@pytest.mark.parametrize("measurement", MEASUREMENTS, ids=lambda each: each.name)
def test_a_measurement_runs_and_gives_what_it_promises(measurement: Measurement, place: Place):
    figures = measurement.run(place, measurement.tiny)

    assert figures.keys() == measurement.units.keys()
    assert not_sane(figures, measurement.units) == {}
    assert json.loads(json.dumps(figures)) == figures


@pytest.mark.parametrize(
    ("figure", "unit"),
    [(0, "1/s"), (0.5, "1/s"), (-1, "count"), (math.nan, "s"), (False, "yes or no"), (1, "miles")],
)
def test_a_figure_that_cannot_be_is_reported(figure: object, unit: str):
    assert not_sane({"it": figure}, {"it": unit}) == {"it": figure}


def test_repetitions_take_turns_and_a_measurement_is_told_when_it_is_done(place: Place):
    done: list[tuple[str, int]] = []

    def measure(place: Place, size: int, *, name: str) -> dict[str, int]:
        done.append((name, size))
        return {"n": len(done)}

    once = Measurement("once", measure, (10, 50), 2, 1, {"name": "once"})
    twice = Measurement("twice", measure, 10, 1, 2, {"name": "twice"})
    again = Measurement("again", measure, 10, 1, 2, {"name": "again"})
    told = [(each.name, runs) for each, runs in in_rounds([once, twice, again], place, 0.1)]

    turns = [("twice", 1), ("again", 1)]
    assert done == [*turns, *turns, ("once", 2), ("once", 5)]
    assert told == [
        ("twice", [{"n": 1}, {"n": 3}]),
        ("again", [{"n": 2}, {"n": 4}]),
        ("once", [{"n": 5}]),
        ("once", [{"n": 6}]),
    ]


def test_repetitions_are_summed_up_by_the_median_and_the_range():
    runs = [{"size": 5, "n": 7}, {"size": 5, "n": 9}, {"size": 5, "n": 8}]

    assert summary(runs) == {"size": 5, "n": 8, "repetitions": 3, "ranges": {"n": [7, 9]}}


def test_a_name_stands_for_one_measurement():
    assert len(BY_NAME) == len(MEASUREMENTS)


def test_ratios_compare_rates_of_measurements_that_exist():
    compared = {name for pair in RATIOS for name in pair}

    assert all("per_second" in BY_NAME[name].units for name in compared)


def test_a_ratio_is_of_the_same_round():
    ours = [{"per_second": 50}, {"per_second": 10}]
    peer = [{"per_second": 200}, {"per_second": 20}]

    assert ratios({"append.postgresql": ours, "pyeventsourcing": peer}) == {
        "append.postgresql / pyeventsourcing": {
            "ratio": 0.25,
            "repetitions": 2,
            "ranges": {"ratio": [0.25, 0.5]},
        }
    }
    assert ratios({"pyeventsourcing": peer}) == {}


def test_a_name_that_picks_nothing_is_refused(capsys):
    with pytest.raises(SystemExit):
        bench.main(["handovers"])

    assert "no measurement begins with 'handovers'" in capsys.readouterr().err
