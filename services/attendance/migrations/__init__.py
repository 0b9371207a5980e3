"""Revisions of attendance's database; ``HEAD`` is the newest."""

HEAD = "0005"
