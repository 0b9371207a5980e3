"""Fees' tables: the log's, the vault's, and those that features declare."""

from sqlalchemy import MetaData

from chassis.eventsourcing import tables

metadata = MetaData()
tables.declare_log(metadata)
tables.declare_checkpoints(metadata)
tables.declare_vault(metadata)
