"""Schools, terms, classes, staff, pupils and their guardians; rosters."""

from __future__ import annotations

from chassis.feature import Feature
from contracts.enrollment.imports import RosterImported
from contracts.enrollment.people import GuardianBlocked, GuardianUnblocked
from contracts.enrollment.schools import ClassOpened, SchoolRegistered, StaffRegistered, TermOpened
from services.enrollment.register.handlers.imports import HANDLES as IMPORTS
from services.enrollment.register.handlers.people import HANDLES as PEOPLE
from services.enrollment.register.handlers.schools import HANDLES as SCHOOLS
from services.enrollment.register.tables import imports, people, schools

FEATURE = Feature(
    handles={
        **IMPORTS,
        **PEOPLE,
        **SCHOOLS,
    },
    projects={
        SchoolRegistered: [schools.project],
        TermOpened: [schools.project],
        ClassOpened: [schools.project],
        StaffRegistered: [schools.project],
        GuardianBlocked: [people.project_block],
        GuardianUnblocked: [people.project_block],
        RosterImported: [imports.project],
    },
)
"""New pupils and guardians are not projected: an import alone writes them, and projects in bulk."""
