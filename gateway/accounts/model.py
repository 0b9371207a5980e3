"""What an account is."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from chassis.kernel.call import Principal
from chassis.kernel.errors import BusinessRuleViolation

SCHOOL_ACCOUNT_ROLES = ("guardian", "teacher", "gate_guard", "school_finance", "school_office")
ROLES = (*SCHOOL_ACCOUNT_ROLES, "bureau", "operator")


class WrongCredentials(BusinessRuleViolation):
    """User name and password do not belong together, or the account is disabled."""

    code = "wrong-credentials"
    kind = "unauthenticated"


class UsernameTaken(BusinessRuleViolation):
    """The user name belongs to an account of another kind."""

    code = "accounts.username-taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """An account to make. The password is kept as a hash only."""

    username: str
    password: str = field(repr=False)
    role: str
    person_id: str | None = None
    school_id: str | None = None
    district_id: str | None = None
    class_ids: tuple[str, ...] = ()
    password_change_due: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account as stored, without its password."""

    account_id: str
    username: str
    role: str
    person_id: str | None
    school_id: str | None
    district_id: str | None
    class_ids: tuple[str, ...]
    password_change_due: bool
    disabled: bool

    @property
    def principal(self) -> Principal:
        """Who this account acts as."""
        return Principal(
            account_id=self.account_id,
            role=self.role,
            person_id=self.person_id,
            school_id=self.school_id,
            district_id=self.district_id,
            class_ids=self.class_ids,
        )

    def is_like(self, new: NewAccount) -> bool:
        """Return whether ``new`` asks for this very account."""
        return (self.role, self.person_id, self.school_id, self.district_id, self.class_ids) == (
            new.role,
            new.person_id,
            new.school_id,
            new.district_id,
            new.class_ids,
        )


def canonical(username: str) -> str:
    """Return a user name as it is compared: case, width and outer blanks do not matter."""
    return unicodedata.normalize("NFKC", username).strip().casefold()


def account_of(row: Mapping[Any, Any]) -> Account:
    """Return the account that a stored row holds."""
    return Account(
        account_id=row["account_id"],
        username=row["username"],
        role=row["role"],
        person_id=row["person_id"],
        school_id=row["school_id"],
        district_id=row["district_id"],
        class_ids=tuple(msgspec.json.decode(row["class_ids"])),
        password_change_due=bool(row["password_change_due"]),
        disabled=bool(row["disabled"]),
    )


def row_of(new: NewAccount, account_id: str, password_hash: str, at: str) -> dict[str, Any]:
    """Return the row to store for ``new``."""
    return {
        "account_id": account_id,
        "username": canonical(new.username),
        "password_hash": password_hash,
        "role": new.role,
        "person_id": new.person_id,
        "school_id": new.school_id,
        "district_id": new.district_id,
        "class_ids": msgspec.json.encode(new.class_ids).decode(),
        "password_change_due": new.password_change_due,
        "disabled": False,
        "created_at": at,
    }
