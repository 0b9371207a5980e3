"""The composition root, without a server."""
