"""Short-lived signed tokens that travel with every call: each service checks scope itself."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from functools import lru_cache

import jwt

from chassis.kernel.call import Principal
from chassis.kernel.errors import BusinessRuleViolation

ALGORITHM = "HS256"
LIFETIME_SECONDS = 12 * 3600


class NotAuthenticated(BusinessRuleViolation):
    """No token, or one that is wrong or has expired."""

    code = "not-authenticated"
    kind = "unauthenticated"


@dataclass(frozen=True, slots=True)
class TokenKey:
    """The secret that the gateway signs with and the services verify with; at least 32 bytes."""

    secret: bytes = field(repr=False)


def issue_token(principal: Principal, key: TokenKey, *, lifetime: int = LIFETIME_SECONDS) -> str:
    """Return a token for ``principal``, valid for ``lifetime`` seconds of the machine's clock."""
    now = int(time.time())
    claims = {
        "sub": principal.account_id,
        "role": principal.role,
        "person": principal.person_id,
        "school": principal.school_id,
        "district": principal.district_id,
        "classes": list(principal.class_ids),
        "iat": now,
        "exp": now + lifetime,
    }
    return jwt.encode(claims, key.secret, algorithm=ALGORITHM)


def principal_of(token: str | None, key: TokenKey) -> Principal:
    """Return who a token speaks for.

    Raises:
        NotAuthenticated: no token, a forged one, or an expired one.
    """
    if not token:
        raise NotAuthenticated()
    principal, expires = _verified(token, key.secret)
    if expires < time.time():
        raise NotAuthenticated("expired")
    return principal


@lru_cache(maxsize=4096)
def _verified(token: str, secret: bytes) -> tuple[Principal, float]:
    # A token's signature never changes, so it is checked once per process; its expiry every time.
    try:
        claims = jwt.decode(token, secret, algorithms=[ALGORITHM], options={"verify_exp": False})
    except jwt.InvalidTokenError as error:
        raise NotAuthenticated("invalid") from error
    principal = Principal(
        account_id=claims["sub"],
        role=claims["role"],
        person_id=claims["person"],
        school_id=claims["school"],
        district_id=claims["district"],
        class_ids=tuple(claims["classes"]),
    )
    return principal, float(claims["exp"])
