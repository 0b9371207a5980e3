"""The toys of the messaging tests, to be hurt here."""

from tests.integration.messaging.conftest import crew, listener, log

__all__ = ["crew", "listener", "log"]
