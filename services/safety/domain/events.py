"""What has happened in safety. Past tense; stored for ever, never refused."""

from __future__ import annotations

from typing import TypeAlias

from contracts.safety.incidents import IncidentGuardianNotified, IncidentReported

Event: TypeAlias = IncidentReported | IncidentGuardianNotified
