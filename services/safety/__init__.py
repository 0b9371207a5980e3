"""Incidents, and later every register that keeps children safe."""
