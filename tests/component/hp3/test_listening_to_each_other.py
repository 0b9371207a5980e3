"""Enrollment listens to safety and safety to enrollment, in one process."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from chassis.kernel.call import Principal
from chassis.security import issue_token
from chassis.testing.world import FixedClock
from hp3.embedded import Embedded, open_embedded
from services.enrollment.offerings.tables.fitness import fitness
from tests.component.audit.logs import START

OPERATOR = Principal(account_id="o", role="operator")
OFFICE = Principal(account_id="a", role="school_office", school_id="s-1")


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Embedded]:
    opened = open_embedded(tmp_path, FixedClock(START))
    yield opened
    opened.close()


def tell(
    embedded: Embedded,
    who: Principal,
    service: str,
    operation: str,
    body: Mapping[str, Any],
    **params: str,
) -> dict[str, Any]:
    token = issue_token(who, embedded.keys.token)
    reply = embedded.caller.call(service, operation, {"token": token}, params, body)
    assert reply["status"] == "ok", reply
    answer: dict[str, Any] = reply["body"]
    return answer


def test_what_one_says_the_other_knows_when_the_command_returns(embedded: Embedded):
    district = {"district_id": "d-1", "name": "d", "profile": "urban-district"}
    tell(embedded, OPERATOR, "enrollment", "register_district", district)
    school = {"school_id": "s-1", "name": "s", "stage": "primary", "area": "urban"}
    body = {**school, "district_id": "d-1"}
    tell(embedded, OPERATOR, "enrollment", "register_school", body)
    wang = {"staff_id": "wang", "name": "王老师", "kind": "school_staff"}
    tell(embedded, OFFICE, "enrollment", "register_staff", wang, school_id="s-1")
    clear = {"result": "clear", "checked_on": "2026-08-20", "valid_until": "2027-08-19"}
    here = {"school_id": "s-1", "staff_id": "wang"}
    tell(embedded, OFFICE, "safety", "record_screening", clear, **here)

    with embedded.services["enrollment"].database.read() as connection:
        assert fitness(connection, "wang", "t", date(2026, 9, 1)) == (True, False)
