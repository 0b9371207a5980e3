"""Revisions of safety's database; ``HEAD`` is the newest."""

HEAD = "0005"
