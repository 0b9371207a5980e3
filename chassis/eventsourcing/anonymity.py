"""Commands of callers who asked not to be named: nothing stored leads back to them.

What stays is the role, the instant and what they wrote. Two things are beyond this: what somebody
tells of themselves in free text, and whoever holds the platform's token key, knows the caller's
idempotency key and tries accounts against the stored hash.
"""

from __future__ import annotations

import hmac
from dataclasses import replace

from chassis.clock import new_id
from chassis.kernel.call import ANONYMOUS, Call, Principal
from chassis.security import TokenKey


def unnamed(call: Call, key: TokenKey) -> Call:
    """Return ``call`` as made by nobody in the caller's role.

    The request's id goes too, because access logs have it. A repeat is still known by its
    idempotency key, of which only a keyed hash over account and key is left.
    """
    repeat = None
    if call.idempotency_key:
        said = f"{call.principal.account_id}:{call.idempotency_key}"
        repeat = hmac.digest(key.secret, b"unnamed:" + said.encode(), "sha256").hex()
    nobody = Principal(account_id=ANONYMOUS, role=call.principal.role)
    return replace(call, principal=nobody, correlation_id=new_id(), idempotency_key=repeat)
