"""What a process tells its operators: JSON lines, counters, a sign of life."""
