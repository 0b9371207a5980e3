"""A service is what its definition says; what does not fit together fails when it is built."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from chassis.assembly import build
from chassis.eventsourcing.handling import CommandHandler
from chassis.eventsourcing.unit_of_work import UnitOfWork, unit_of_work
from chassis.feature import Definition, Feature
from chassis.kernel.call import SYSTEM, Call
from chassis.service import Service
from chassis.testing.world import FixedClock, Silent, settings_for
from contracts.enrollment.schools import SchoolRegistered
from contracts.fees.tariffs import GET_TARIFF
from contracts.safety.incidents import (
    LIST_INCIDENTS,
    IncidentGuardianNotified,
    IncidentReported,
)
from services.safety.definition import DEFINITION
from tests.component.audit.logs import START


def built(definition: Definition, folder: Path) -> Service:
    url = f"sqlite:///{folder / 'safety.sqlite'}"
    return build(definition, settings_for(url), FixedClock(START), {"enrollment": Silent()})


def without_incidents() -> tuple[Feature, ...]:
    return tuple(
        replace(
            feature,
            handles={op: done for op, done in feature.handles.items() if op != LIST_INCIDENTS},
        )
        for feature in DEFINITION.features
    )


def command(*_: Any) -> Any:
    raise AssertionError("never called")


@pytest.mark.parametrize(
    ("features", "why"),
    [
        (without_incidents(), "safety handles no list_incidents"),
        (
            (*DEFINITION.features, Feature(handles={LIST_INCIDENTS: command})),
            "list_incidents has two handlers",
        ),
        (
            (*without_incidents(), Feature(handles={LIST_INCIDENTS: CommandHandler(command, str)})),
            "list_incidents is a query",
        ),
        (
            (*DEFINITION.features, Feature(handles={GET_TARIFF: command})),
            "safety handles get_tariff, which it does not say",
        ),
        (
            (*DEFINITION.features, Feature(projects={SchoolRegistered: [command]})),
            "safety does something about enrollment's SchoolRegistered",
        ),
        (
            (*DEFINITION.features, Feature(follows={SchoolRegistered: command})),
            "safety does something about enrollment's SchoolRegistered",
        ),
    ],
)
def test_what_does_not_fit_fails_when_the_service_is_built(tmp_path, features, why):
    with pytest.raises(TypeError, match=why):
        built(replace(DEFINITION, features=features), tmp_path)


def test_a_service_listens_to_whoever_says_what_it_keeps():
    assert DEFINITION.listens_to == ("enrollment",)


def reported(number: int) -> IncidentReported:
    return IncidentReported(
        incident_id=f"i-{number}",
        school_id="s-1",
        student_ids=(),
        severity="minor",
        category="other",
        occurred_at=START,
        guardian_notified_at=None,
    )


def undone(service: Service, call: Call) -> None:
    with unit_of_work(service.log, "s-1", call) as work:
        work.append("incident-3", [reported(3)])
        work.follow_up()
        raise ZeroDivisionError


def test_what_follows_an_event_is_part_of_the_same_append(tmp_path):
    def tell(work: UnitOfWork, event: IncidentReported) -> None:
        told = IncidentGuardianNotified(incident_id=event.incident_id, notified_at=START)
        work.append(f"told-{event.incident_id}", [told])

    follower = Feature(follows={IncidentReported: tell})
    service = built(replace(DEFINITION, features=(*DEFINITION.features, follower)), tmp_path)
    call = Call(principal=SYSTEM, now=START)

    with unit_of_work(service.log, "s-1", call) as work:
        work.append("incident-1", [reported(1)])
        work.append("incident-2", [reported(2)])
    with pytest.raises(ZeroDivisionError):
        undone(service, call)

    said = [(event["type"], event["data"]["incident_id"]) for event in service.log.read("s-1")]
    assert said == [
        ("IncidentReported", "i-1"),
        ("IncidentReported", "i-2"),
        ("IncidentGuardianNotified", "i-1"),
        ("IncidentGuardianNotified", "i-2"),
    ]
