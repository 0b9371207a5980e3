"""The rules of charging a month and of paying for it."""
