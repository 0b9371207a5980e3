"""What has happened in enrollment. Past tense; stored for ever, never refused."""

from __future__ import annotations

from typing import TypeAlias

from contracts.enrollment.policy import DistrictRegistered, PolicyVersionActivated

PolicyEvent: TypeAlias = DistrictRegistered | PolicyVersionActivated
