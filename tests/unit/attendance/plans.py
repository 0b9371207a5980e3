"""The parameters of the two plans as they are shipped, and days to try them on."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from services.attendance.calendar import holidays
from services.attendance.calendar.domain.service_day import Day, Verdict, verdict
from services.attendance.calendar.domain.values import DeclaredDay

POLICIES = Path(__file__).parents[3] / "policies"


def parameters_of(profile: str) -> dict[str, Any]:
    """Return what ``PolicyVersionActivated`` carries for a profile: blanks are left out."""
    shipped = tomllib.loads((POLICIES / f"{profile}.toml").read_text())["parameters"]
    return {name: each["value"] for name, each in shipped.items() if "value" in each}


PLAN_1 = parameters_of("urban-district")
PLAN_2 = parameters_of("dexing")


def day(
    when: date,
    *,
    declared: DeclaredDay | None = None,
    stage: str = "primary",
    year_declared: bool = True,
    in_term: bool = True,
) -> Day:
    """Return a day as the calendar seeded from the library knows it, unless told otherwise."""
    seeded = {each.date: each for each in holidays.days_of(when.year) or ()}
    return Day(
        date=when,
        declared=declared or seeded.get(when),
        year_declared=year_declared,
        in_term=in_term,
        stage=stage,
    )


def custody_on(when: date, plan: Mapping[str, Any] = PLAN_1, **known: Any) -> Verdict:
    """Return whether after-school custody takes place."""
    return verdict("after_school_custody", day(when, **known), plan)
