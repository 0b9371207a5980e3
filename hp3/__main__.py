"""``python -m hp3``."""

from hp3.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
