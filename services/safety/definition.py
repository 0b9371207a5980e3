"""Safety: what it can be asked, what it keeps of others."""

from __future__ import annotations

from chassis.feature import Definition
from registers.guardians import GUARDIANS
from registers.keeping import keep
from registers.policy import NEWEST, under_newest
from registers.pupils import PUPILS
from registers.schools import WITH_PROFILE
from registers.staff import WITH_KIND
from registers.terms import TERMS
from services.safety import breaches, fitness, incidents, migrations, providers
from services.safety.fitness.erasing import PERSON
from services.safety.schema import metadata

DEFINITION = Definition(
    name="safety",
    migrations=migrations,
    features=(incidents.FEATURE, fitness.FEATURE, breaches.FEATURE, providers.FEATURE),
    keeps=keep(metadata, WITH_PROFILE, NEWEST, WITH_KIND, TERMS, PUPILS, GUARDIANS),
    person=PERSON,
    under=under_newest,
)
