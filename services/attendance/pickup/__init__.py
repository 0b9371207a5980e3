"""The pick-up list: the adults who may fetch a pupil."""

from chassis.eventsourcing.handling import CommandHandler
from chassis.feature import Feature
from contracts.attendance import pickup as said
from services.attendance import scope
from services.attendance.pickup import handlers, tables

FEATURE = Feature(
    handles={
        said.AUTHORISE_PICKUP: CommandHandler(handlers.authorise_pickup, scope.own_student),
        said.REVOKE_PICKUP: CommandHandler(handlers.revoke_pickup, handlers.own_authorisation),
        said.LIST_PICKUP_AUTHORISATIONS: handlers.list_pickup_authorisations,
    },
    projects={said.PickupAuthorised: [tables.project]},
)
