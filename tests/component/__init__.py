"""One deployable in process, over a throw-away database or real files."""
