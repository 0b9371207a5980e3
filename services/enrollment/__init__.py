"""Policies, schools, persons, and the way from an application to an enrolled pupil."""
