"""Programs of the project as processes of their own: to be started, watched, stopped and killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.stack.runners import ROOT
from tests.stack.waiting import until


class Process:
    """A Python module run as a program; what it says goes to a file."""

    def __init__(
        self, folder: Path, name: str, arguments: Sequence[str], environment: Mapping[str, str]
    ) -> None:
        self.name = name
        self._alive = folder / f"{name}.alive"
        self._output = folder / f"{name}.log"
        self._command = [sys.executable, "-m", *arguments]
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("HP3_")}
        self._environment = inherited | {"HP3_ALIVE_FILE": str(self._alive)} | dict(environment)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> Process:
        """Start the program; return at once."""
        self._alive.unlink(missing_ok=True)
        with self._output.open("ab") as output:
            self._process = subprocess.Popen(
                self._command,
                cwd=ROOT,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        return self

    def ready(self, within: float = 60) -> Process:
        """Return once the program shows its sign of life."""
        until(lambda: self._alive.exists() or self._must_run(), within=within, told=self.output)
        return self

    def kill(self) -> None:
        """End the program as a power cut would."""
        self._signal(signal.SIGKILL)

    def stop(self, *, times: int = 1) -> int:
        """Ask the program to end, as often as told; return its exit status."""
        assert self._process is not None
        for _ in range(times):
            self._process.send_signal(signal.SIGTERM)
        return self._process.wait(timeout=40)

    def wait(self, within: float = 30) -> int:
        """Return the exit status of a program that ends by itself."""
        assert self._process is not None
        return self._process.wait(timeout=within)

    def running(self) -> bool:
        """Whether the program has been started and has not ended."""
        return self._process is not None and self._process.poll() is None

    def output(self) -> str:
        """The end of what the program said."""
        text = self._output.read_text(errors="replace") if self._output.exists() else ""
        return f"{self.name} said:\n" + "\n".join(text.splitlines()[-40:])

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(number)
            self._process.wait(timeout=40)

    def _must_run(self) -> bool:
        assert self.running(), self.output()
        return False


@contextmanager
def ending(processes: list[Process]) -> Iterator[list[Process]]:
    """Kill in the end what was added to the list and still runs."""
    try:
        yield processes
    finally:
        for process in processes:
            process.kill()
