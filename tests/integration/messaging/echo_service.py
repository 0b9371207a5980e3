"""A nameko service for tests: ``python -m tests.integration.messaging.echo_service AMQP_URL``."""

import chassis.nameko_support.green  # noqa: F401, I001  (first, as in hp3.rpc_process)

import sys
import time
from typing import Any

from chassis.nameko_support.entrypoints import Dispatcher, remote
from chassis.nameko_support.runner import serve
from chassis.observability import logs
from chassis.observability.alive import keep_alive_sign


class Echo:
    """Answers by operation, with the application's interface."""

    def handle(self, operation: str, context: Any, params: Any, body: Any) -> dict[str, Any]:
        """Echo the request, dawdle, fail, or answer what JSON cannot carry."""
        if operation == "dawdle":
            time.sleep(body["seconds"])
        if operation == "fail":
            raise ZeroDivisionError("on purpose")
        if operation == "answer_nonsense":
            return {"status": {1, 2}, "body": object()}
        return {"status": "ok", "body": {"context": context, "params": params, "body": body}}


class EchoService:
    """Four operations."""

    name = "echo"
    application = Dispatcher()

    echo = remote("echo")
    dawdle = remote("dawdle")
    fail = remote("fail")
    answer_nonsense = remote("answer_nonsense")


if __name__ == "__main__":
    logs.configure("echo", "rpc")
    sys.exit(serve(EchoService, Echo(), sys.argv[1], workers=10, started=keep_alive_sign))  # type: ignore[arg-type]
