"""The doctor: looks at everything that could lose data or stand still, and says what mends it."""
