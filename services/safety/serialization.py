"""Safety's events under their published names. Stored for ever."""

from chassis.eventsourcing.codec import Codec
from contracts.language import UPCASTERS
from services.safety.domain.breach import BreachReported
from services.safety.domain.events import IncidentGuardianNotified, IncidentReported
from services.safety.domain.fitness_events import ResponsibilityStatementSigned, StaffScreened
from services.safety.domain.provider_events import ProviderAdmitted, ProviderRemoved

CODEC = Codec(
    {
        "IncidentReported": (IncidentReported, 1),
        "IncidentGuardianNotified": (IncidentGuardianNotified, 1),
        "StaffScreened": (StaffScreened, 1),
        "ResponsibilityStatementSigned": (ResponsibilityStatementSigned, 1),
        "BreachReported": (BreachReported, 1),
        "ProviderAdmitted": (ProviderAdmitted, 1),
        "ProviderRemoved": (ProviderRemoved, 1),
    },
    UPCASTERS["safety"],
)
