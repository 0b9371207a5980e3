"""Makes this process green: import it first, and only in a process that runs nameko.

Sockets, locks and sleeps then yield to other requests instead of blocking all of them; psycopg2
yields by itself once eventlet has patched it.
"""

from __future__ import annotations

import warnings

warnings.filterwarnings("ignore", r"\s*Eventlet is deprecated")

import eventlet  # noqa: E402

eventlet.monkey_patch()
