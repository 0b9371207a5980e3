"""Read models: tables, how an event changes them, how they are asked."""
