"""Every view there is. A new one is a module here and a line in ``ALL``."""

from __future__ import annotations

from chassis.kernel.errors import NotFound
from services.audit.views import (
    custody,
    custody_days,
    enrollment,
    funds,
    incident_counts,
    incidents,
    plans,
    schools,
)
from services.audit.views.view import View

ALL: tuple[View, ...] = (
    schools,
    enrollment,
    plans,
    funds,
    custody,
    custody_days,
    incidents,
    incident_counts,
)


class ViewUnknown(NotFound):
    code = "audit.view-unknown"


def named(name: str) -> View:
    """Return the view of that name.

    Raises:
        KeyError: there is none.
    """
    return {view.NAME: view for view in ALL}[name]
