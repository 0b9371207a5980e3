"""Places: who gets one, by priority, choice and a recorded seed; who waits, and what is offered."""
