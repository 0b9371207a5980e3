"""Revisions of the gateway's database; ``HEAD`` is the newest."""

HEAD = "0001"
