"""What the gateway reads for somebody who is not logged in.

A service answers only to a token. Nobody has none, and a role of its own for nobody would open a
door in every service. So the gateway reads in its own name, for exactly the queries below: their
answers are the same whoever asks, and name no person. What a visitor sends never chooses the
operation, and no command goes this way.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

from flask import g

from chassis.kernel.call import SYSTEM
from chassis.security import issue_token
from gateway.problems import Refused
from gateway.state import gateway

PublicQuery: TypeAlias = Literal["list_schools", "get_public_service"]
SECONDS = 60


def read(operation: PublicQuery, params: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return the answer of enrollment to a public query.

    Raises:
        Refused: there is no such thing.
        ServiceUnavailable: nobody answered.
    """
    token = issue_token(SYSTEM, gateway().token_key, lifetime=SECONDS)
    context = {"token": token, "correlation_id": g.request_id}
    reply = gateway().caller.call("enrollment", operation, context, dict(params or {}))
    if reply["status"] != "ok":
        raise Refused(reply)
    return dict(reply["body"])
