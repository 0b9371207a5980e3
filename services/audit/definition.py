"""Audit: copies what every service says, folds it into views, proves that nothing is missing."""

from __future__ import annotations

from chassis.feature import Definition
from services.audit import migrations, oversight, proof, rebuilds
from services.audit.ingest import COPIED, copy_all

DEFINITION = Definition(
    name="audit",
    migrations=migrations,
    features=(oversight.FEATURE, rebuilds.FEATURE, proof.FEATURE),
    listen=copy_all,
    hears=COPIED,
)
