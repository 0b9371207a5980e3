"""Revisions of enrollment's database; ``HEAD`` is the newest."""

HEAD = "0013"
