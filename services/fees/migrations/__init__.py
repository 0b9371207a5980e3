"""Revisions of fees' database; ``HEAD`` is the newest."""

HEAD = "0005"
