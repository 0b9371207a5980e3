"""Measurements, printed as one JSON object a line. `make bench`."""
