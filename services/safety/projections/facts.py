"""Facts that enrollment owns and safety needs: which school is in which district, under what."""

from sqlalchemy import Column, Integer, String

from chassis.eventsourcing.facts import FactTable
from services.safety.schema import metadata

schools = FactTable(
    metadata,
    "schools",
    key=["school_id"],
    columns=[
        Column("school_id", String(64), primary_key=True),
        Column("district_id", String(64), nullable=False),
        Column("profile", String(64), nullable=False),
    ],
)

policies = FactTable(
    metadata,
    "policies",
    key=["district_id"],
    columns=[
        Column("district_id", String(64), primary_key=True),
        Column("profile", String(64), nullable=False),
        Column("version", Integer, nullable=False),
    ],
)
