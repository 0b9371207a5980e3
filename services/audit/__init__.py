"""The append-only copy of every event, and the oversight views that are folded from it."""
