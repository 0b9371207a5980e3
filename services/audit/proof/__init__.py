"""Proof that no event is missing or altered: Merkle trees over the copy, signed heads, checks.

One tree per (service, school), its leaf ``seq - 1`` the hash of the event's text: so a tree's size
is the log's head, and whoever has the owner's log computes the same root. A school's signed head
covers all of its trees. See docs/proof.md.
"""
