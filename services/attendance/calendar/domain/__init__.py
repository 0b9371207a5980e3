"""The calendar's rules: the standard library, the kernel and attendance's own language only."""
