"""Safety's handlers."""
