"""What has happened in fees. Past tense; stored for ever, never refused."""

from __future__ import annotations

from typing import TypeAlias

from contracts.fees.charges import FeeCharged, PaymentRecorded, RefundRequested

ChargeEvent: TypeAlias = FeeCharged | PaymentRecorded | RefundRequested
