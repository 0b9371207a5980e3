"""The command line's commands: one module each, with ``add_to(commands)``."""

from __future__ import annotations

import argparse
from typing import TypeAlias

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
"""Where a command adds its parser, with ``run(options) -> status`` in its defaults."""
