"""Proof that no event is missing or altered: Merkle trees over the copy, signed heads, checks.

One tree per (service, school), its leaf ``seq - 1`` the hash of the event's text: so a tree's size
is the log's head, and whoever has the owner's log computes the same root. A school's signed head
covers all of its trees. See docs/proof.md.
"""

from collections.abc import Sequence

from chassis.chores import Chore
from chassis.feature import Feature, Parts
from services.audit.proof import handlers
from services.audit.proof.scrubbing import scrub

SCRUB_SECONDS = 60.0


def _chores(parts: Parts) -> Sequence[Chore]:
    log, clock, database, settings = parts.log, parts.clock, parts.database, parts.settings
    key, folder = settings.signing_key, settings.tree_heads_folder
    return (
        Chore("scrub", SCRUB_SECONDS, lambda: scrub(database, clock.now())),
        Chore(
            "tree-heads",
            settings.tree_head_seconds,
            lambda: handlers.sign_all(log, clock, key, folder),
        ),
    )


FEATURE = Feature(wired=handlers.handles, chores=_chores)
