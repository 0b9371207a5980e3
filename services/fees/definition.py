"""Fees: what it can be asked, what it keeps of others, what it does by itself."""

from __future__ import annotations

from chassis.feature import Definition
from contracts.enrollment.placement import StudentWithdrawn
from registers.guardians import GUARDIANS
from registers.keeping import keep
from registers.placements import PLACEMENTS
from registers.pupils import PUPILS
from registers.schools import WITH_STAGE
from services.fees import charges, migrations, runs, tariffs, waivers
from services.fees.charges.reactions import request_refunds
from services.fees.schema import metadata
from services.fees.tariffs.parameters import POLICY
from services.fees.waivers.erasing import PERSON

DEFINITION = Definition(
    name="fees",
    migrations=migrations,
    features=(charges.FEATURE, tariffs.FEATURE, waivers.FEATURE, runs.FEATURE),
    keeps=keep(metadata, WITH_STAGE, POLICY.register, PUPILS, GUARDIANS, PLACEMENTS),
    reactions={StudentWithdrawn: request_refunds},
    person=PERSON,
    under=POLICY.under,
)
