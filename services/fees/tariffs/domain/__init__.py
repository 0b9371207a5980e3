"""The rules of a school's price."""
