"""A school's price: setting it, reading it."""

from __future__ import annotations

from chassis.eventsourcing.handling import Reading, Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from contracts.fees import tariffs as said
from services.fees import scope
from services.fees.charges.tables import charged_through
from services.fees.tariffs import tables
from services.fees.tariffs.domain.pricing import FixedByPlan
from services.fees.tariffs.domain.tariff import TARIFF, SetTariff, stream_of
from services.fees.tariffs.parameters import POLICY, parameters, pricing_of


def set_tariff(work: UnitOfWork, request: said.SetTariff, call: Call) -> Reply[said.TariffSet]:
    school_id, begins = request.school_id, request.effective_from
    school = scope.school(work.connection, school_id)
    values = parameters(work.connection, school.district_id, day=begins, today=call.today)
    decision = work.execute(
        TARIFF,
        stream_of(school_id),
        SetTariff(
            school_id=school_id,
            amount_fen=request.amount_fen,
            effective_from=begins,
            pricing=pricing_of(values, school.stage),
            charged_through=charged_through(work.connection, "school_id", school_id),
        ),
    )
    tariff = tables.in_force(work.connection, school_id, begins)
    assert tariff is not None
    return Reply(tariff, decision.version, created=bool(decision.events))


def get_tariff(reading: Reading, request: said.GetTariff) -> said.Tariff:
    connection, school_id, today = reading.connection, request.school_id, reading.call.today
    school = scope.school(connection, school_id)
    values = parameters(connection, school.district_id, day=today, today=today)
    pricing = pricing_of(values, school.stage)
    if isinstance(pricing, FixedByPlan):
        version = POLICY.in_force(connection, school.district_id, today)
        return said.Tariff(
            school_id=school_id,
            amount_fen=pricing.amount_fen,
            currency="CNY",
            unit="pupil_month",
            effective_from=version.effective_from if version else None,
            status="provisional",
            fixed_by_plan=True,
            cap_fen=None,
            unset=(),
            upcoming=(),
        )
    tariff = tables.in_force(connection, school_id, today)
    return said.Tariff(
        school_id=school_id,
        amount_fen=tariff.amount_fen if tariff else None,
        currency="CNY",
        unit="pupil_month",
        effective_from=tariff.effective_from if tariff else None,
        status=tariff.status if tariff else None,
        fixed_by_plan=False,
        cap_fen=pricing.cap_fen,
        unset=(pricing.parameter,) if pricing.cap_fen is None else (),
        upcoming=tuple(tables.upcoming(connection, school_id, today)),
    )
