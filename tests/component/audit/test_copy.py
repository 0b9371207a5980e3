"""The copy of a real service's log, byte for byte, and what a view makes of it."""

from __future__ import annotations

from sqlalchemy import text

from chassis.assembly import build
from chassis.eventsourcing.tables import EVENT_COLUMNS
from chassis.kernel.call import Principal
from chassis.testing.world import call, settings_for
from services.audit.definition import DEFINITION
from services.fees.definition import DEFINITION as FEES
from tests.component.audit.conftest import OPERATOR
from tests.component.audit.logs import Logs
from tests.component.fees.enrollment import URBAN, Enrollment


def test_audit_copies_the_fees_log_and_shows_its_ledger(tmp_path, audit):
    enrollment = Enrollment()
    enrollment.district("urban-district", URBAN)
    enrollment.school("s-1", "urban-district")
    enrollment.pupil("s-1", "p-1")
    enrollment.enrolled("s-1", "p-1")
    owner = build(
        FEES,
        settings_for(f"sqlite:///{tmp_path}/fees.sqlite3"),
        audit.clock,
        {"enrollment": enrollment},
    )
    assert owner.subscriber is not None
    owner.subscriber.catch_up()
    finance = Principal(account_id="f", role="school_finance", school_id="s-1")
    call(owner, finance, "run_charges", {"school_id": "s-1"}, {"month": "2026-09"})
    sources = {**Logs(), "enrollment": enrollment, "fees": owner.log}
    copy = build(
        DEFINITION, settings_for(f"sqlite:///{tmp_path}/copy.sqlite3"), audit.clock, sources
    )
    assert copy.subscriber is not None
    copy.subscriber.catch_up()

    columns = ", ".join(EVENT_COLUMNS)
    with owner.database.read() as connection:
        told = connection.execute(text(f"SELECT {columns} FROM events")).all()
    with copy.database.read() as connection:
        kept = connection.execute(
            text(f"SELECT {columns} FROM audit_events WHERE service = 'fees'")
        ).all()
    seen = call(copy, OPERATOR, "oversight", {"view": "funds"})["body"]
    owner.database.close()
    copy.database.close()

    assert kept == told
    assert len(kept) == 1
    assert seen["items"][0]["charged_fen"] == 8000
