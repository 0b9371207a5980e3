"""What has happened to the fitness of staff. Past tense; stored for ever, never refused."""

from __future__ import annotations

from typing import TypeAlias

from contracts.safety.fitness import ResponsibilityStatementSigned, StaffScreened

FitnessEvent: TypeAlias = StaffScreened | ResponsibilityStatementSigned
