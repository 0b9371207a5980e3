"""Password hashes: Argon2id with OWASP's minimum (19 MiB, two passes, one lane).

The minimum and not more, because a school's whole staff logs in within a few minutes of each other
and the gateway may be one process on two small cores: 19 MiB is about 25 ms and bounds the memory
of twenty concurrent logins to 400 MB. Raising the figures here re-hashes each password at its
owner's next login.
"""

from __future__ import annotations

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_NOBODY = _hasher.hash(secrets.token_urlsafe())

# Without characters that look alike on paper: an office prints initial passwords.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
INITIAL_LENGTH = 12

hash_password = _hasher.hash


def matches(password: str, stored: str | None) -> bool:
    """Return whether ``password`` is right; takes as long where there is no such account."""
    try:
        _hasher.verify(stored or _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def outdated(stored: str) -> bool:
    """Return whether ``stored`` was made with other parameters than today's."""
    return _hasher.check_needs_rehash(stored)


def initial_password() -> str:
    """Return a fresh password to hand over once; about 59 bits."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(INITIAL_LENGTH))
