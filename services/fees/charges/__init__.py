"""What a pupil's month costs, what is paid of it, and what is asked back."""

from chassis.eventsourcing.handling import CommandHandler
from chassis.feature import Feature
from contracts.fees import charges as said
from services.fees.charges import handlers, tables
from services.fees.scope import school_of_student

FEATURE = Feature(
    handles={
        said.RECORD_PAYMENT: CommandHandler(handlers.record_payment, school_of_student),
        said.LIST_CHARGES: handlers.list_charges,
        said.LIST_REFUNDS: handlers.list_refunds,
    },
    projects={
        said.FeeCharged: [tables.project_charge],
        said.PaymentRecorded: [tables.project_payment],
        said.RefundRequested: [tables.project_refund],
    },
)
