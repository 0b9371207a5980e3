"""Safety's events under their published names. Stored for ever."""

from chassis.eventsourcing.codec import Codec
from contracts.language import UPCASTERS
from services.safety.domain.events import IncidentGuardianNotified, IncidentReported

CODEC = Codec(
    {
        "IncidentReported": (IncidentReported, 1),
        "IncidentGuardianNotified": (IncidentGuardianNotified, 1),
    },
    UPCASTERS["safety"],
)
