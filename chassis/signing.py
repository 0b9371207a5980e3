"""Ed25519 signatures of what must be provable later: tree heads and erasures.

The secret half is given like the other keys; the public half is what a bureau keeps. A signature
covers the bytes alone, so what is signed says itself what it is (``purpose`` is its first line).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


@dataclass(frozen=True, slots=True)
class SigningKey:
    """The platform's key: 32 random bytes, an Ed25519 seed."""

    secret: bytes = field(repr=False)

    @property
    def public(self) -> bytes:
        """The public half, 32 bytes."""
        return Ed25519PrivateKey.from_private_bytes(self.secret).public_key().public_bytes_raw()

    @property
    def key_id(self) -> str:
        """The public half's short name, 16 hex digits."""
        return key_id_of(self.public)

    def sign(self, purpose: str, message: bytes) -> bytes:
        """Return the signature (64 bytes) of ``message``, made for ``purpose`` only."""
        return Ed25519PrivateKey.from_private_bytes(self.secret).sign(_framed(purpose, message))


def key_id_of(public: bytes) -> str:
    """Return the short name of a public key."""
    return hashlib.sha256(public).hexdigest()[:16]


def is_signed(public: bytes, purpose: str, message: bytes, signature: bytes) -> bool:
    """Tell whether the owner of ``public`` signed ``message`` for ``purpose``."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, _framed(purpose, message))
    except InvalidSignature:
        return False
    return True


def _framed(purpose: str, message: bytes) -> bytes:
    return purpose.encode() + b"\n" + message
