"""Revisions of audit's database; ``HEAD`` is the newest."""

HEAD = "0004"
