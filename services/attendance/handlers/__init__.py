"""Attendance's handlers."""
