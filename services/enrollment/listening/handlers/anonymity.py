"""What an anonymous survey keeps apart: who answered, and what was said.

The answer's event and row carry a keyed hash of the pupil's id in place of the id, so that there is
one answer per pupil and nobody reads whose it is. The key is random, belongs to this one survey,
lies in the vault, and is destroyed when the survey closes: from then on not even an operator with
the whole database can try the pupils one by one. The event names no account (the actor is
``anonymous``) and no request of the gateway, and no outcome is kept of the command. A grade is kept
only where the survey asks about demand. Results appear at the close only, so that nobody reads one
answer off the difference between two looks, and never of fewer than five.

What it does not give: while the survey is open, an operator who holds database and master key could
compute the hashes; a back-up of that time could be used so later. The times of the gateway's
request log and of the events can be compared by who has both. Free text may give its writer away.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import replace
from typing import Any

from chassis.clock import new_id
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import ANONYMOUS, Call, Principal
from chassis.vault import ERASED, VaultSession


def begin(work: UnitOfWork, survey_id: str) -> None:
    """Make the key under which a survey's respondents are hashed."""
    work.vault.put(_subject(survey_id), key=secrets.token_hex(32))


def end(work: UnitOfWork, survey_id: str, call: Call) -> None:
    """Destroy the key: from now on a hash leads to nobody."""
    work.vault.destroy([_subject(survey_id)], call.now)


def respondent(vault: VaultSession, survey: dict[str, Any], student_id: str) -> str | None:
    """Return what stands for a pupil in the answers of a survey, None if nobody can tell now."""
    if not survey["anonymous"]:
        return student_id
    key = vault.get(_subject(survey["survey_id"]), "key")
    if key is None or key == ERASED:
        return None
    return hmac.digest(bytes.fromhex(key), student_id.encode(), "sha256").hex()


def unnamed(call: Call) -> Call:
    """Return a call that leads to no account and to no request."""
    nobody = Principal(account_id=ANONYMOUS, role=call.principal.role)
    return replace(call, principal=nobody, correlation_id=new_id(), causation_id=None)


def _subject(survey_id: str) -> str:
    return f"survey-{survey_id}"
