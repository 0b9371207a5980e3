"""A school's price: setting it, reading it."""

from __future__ import annotations

from typing import Any

from chassis.eventsourcing.handling import Reading, Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from contracts.fees import tariffs as said
from services.fees.domain.commands import SetTariff
from services.fees.domain.pricing import FixedByPlan, Pricing
from services.fees.domain.tariff import TARIFF, stream_of
from services.fees.handlers import scope
from services.fees.projections import charges, policies, tariffs


def set_tariff(work: UnitOfWork, request: said.SetTariff, call: Call) -> Reply:
    school_id, begins = request.school_id, request.effective_from
    school = scope.school(work.connection, school_id)
    values = policies.parameters(
        work.connection, school["district_id"], day=begins, today=call.today
    )
    decision = work.execute(
        TARIFF,
        stream_of(school_id),
        SetTariff(
            school_id=school_id,
            amount_fen=request.amount_fen,
            effective_from=begins,
            pricing=policies.pricing(values, school["stage"]),
            charged_through=charges.charged_through(work.connection, "school_id", school_id),
        ),
    )
    row = tariffs.in_force(work.connection, school_id, begins)
    assert row is not None
    return Reply(dict(row), decision.version, created=bool(decision.events))


def get_tariff(reading: Reading, request: said.GetTariff) -> dict[str, Any]:
    school_id, today = request.school_id, reading.call.today
    school = scope.school(reading.connection, school_id)
    values = policies.parameters(reading.connection, school["district_id"], day=today, today=today)
    pricing = policies.pricing(values, school["stage"])
    answer = {"school_id": school_id, "currency": "CNY", "unit": "pupil_month"}
    if isinstance(pricing, FixedByPlan):
        version = policies.in_force(reading.connection, school["district_id"], today)
        begins = version["effective_from"] if version else None
        return answer | {
            **_price(pricing.amount_fen, begins, "provisional"),
            **_limits(pricing),
            "upcoming": [],
        }
    row = tariffs.in_force(reading.connection, school_id, today)
    price = (row["amount_fen"], row["effective_from"], row["status"]) if row else (None,) * 3
    upcoming = [dict(later) for later in tariffs.upcoming(reading.connection, school_id, today)]
    return answer | {**_price(*price), **_limits(pricing), "upcoming": upcoming}


def _price(amount_fen: int | None, begins: str | None, status: str | None) -> dict[str, Any]:
    return {"amount_fen": amount_fen, "effective_from": begins, "status": status}


def _limits(pricing: Pricing) -> dict[str, Any]:
    if isinstance(pricing, FixedByPlan):
        return {"fixed_by_plan": True, "cap_fen": None, "unset": []}
    unset = [pricing.parameter] if pricing.cap_fen is None else []
    return {"fixed_by_plan": False, "cap_fen": pricing.cap_fen, "unset": unset}
