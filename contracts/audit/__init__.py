"""The language of audit: the oversight views."""
