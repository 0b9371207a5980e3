"""Who acts: groups of roles that many operations name. An operator runs the platform, no school."""

SCHOOL = ("teacher", "gate_guard", "school_office", "school_finance")
EVERYBODY = ("guardian", *SCHOOL, "bureau")
"""Everybody who has to do with a school's service."""

ANYBODY = (*EVERYBODY, "operator")
