"""A term's plan as others need it: what is in force, who may be named."""

from __future__ import annotations

from typing import get_args

from chassis.feature import Feature
from services.enrollment.plan.domain import events as plan_events
from services.enrollment.plan.tables import plans

FEATURE = Feature(
    projects={
        **{event: [plans.project] for event in get_args(plan_events.PlanEvent)},
    },
)
