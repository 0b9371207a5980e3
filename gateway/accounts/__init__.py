"""Accounts: who may log in, in which role, and what they read."""

from gateway.accounts.accounts import Accounts
from gateway.accounts.model import Account, NewAccount

__all__ = ["Account", "Accounts", "NewAccount"]
