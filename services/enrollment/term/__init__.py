"""The school-term as a whole: the plan, its checklist, filing, pupil helpers."""

from __future__ import annotations

from typing import get_args

from chassis.feature import Feature
from contracts.enrollment.filing import RuleVersionPublished
from services.enrollment.plan.domain import events as plan_events
from services.enrollment.term.domain.helpers import HelperEvent
from services.enrollment.term.handlers.cockpit import HANDLES as COCKPIT
from services.enrollment.term.handlers.helpers import HANDLES as HELPERS
from services.enrollment.term.handlers.pack import HANDLES as PACK
from services.enrollment.term.handlers.plan import HANDLES as PLAN
from services.enrollment.term.handlers.public import HANDLES as PUBLIC
from services.enrollment.term.tables import filings, helpers

FEATURE = Feature(
    handles={
        **COCKPIT,
        **HELPERS,
        **PACK,
        **PLAN,
        **PUBLIC,
    },
    projects={
        **{event: [helpers.project] for event in get_args(HelperEvent)},
        RuleVersionPublished: [filings.project],
        **{event: [filings.project] for event in get_args(plan_events.FilingEvent)},
    },
)
