"""Fees' handlers."""
