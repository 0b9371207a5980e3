"""Sessions: a class's service of a day, its roll, and what a child's day consists of."""

from chassis.eventsourcing.handling import CommandHandler
from chassis.feature import Feature
from contracts.attendance import sessions as said
from contracts.attendance.handover import CHILD_TODAY
from services.attendance import scope as of_the_service
from services.attendance.sessions import scope
from services.attendance.sessions.handlers import child, offering_days, opening, rolls
from services.attendance.sessions.tables import sessions

FEATURE = Feature(
    handles={
        said.OPEN_SESSION: CommandHandler(opening.open_session, of_the_service.own_class),
        said.TAKE_ROLL: CommandHandler(rolls.take_roll, scope.own_session),
        said.LIST_SESSIONS: opening.list_sessions,
        said.LIST_OFFERING_SESSIONS: offering_days.list_offering_sessions,
        said.GET_SESSION: rolls.get_session,
        CHILD_TODAY: child.child_today,
    },
    projects={
        said.SessionOpened: [sessions.project],
        said.RollTaken: [sessions.project],
    },
)
