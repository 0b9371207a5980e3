"""Attendance's rules. Imports the standard library and the kernel only."""
