"""Fees' events under their published names. Stored for ever."""

from chassis.eventsourcing.codec import Codec
from contracts.language import UPCASTERS
from services.fees.domain import events

CODEC = Codec(
    {
        "TariffActivated": (events.TariffActivated, 1),
        "FeeWaiverGranted": (events.FeeWaiverGranted, 1),
        "FeeCharged": (events.FeeCharged, 1),
        "PaymentRecorded": (events.PaymentRecorded, 1),
        "RefundRequested": (events.RefundRequested, 1),
    },
    UPCASTERS["fees"],
)
