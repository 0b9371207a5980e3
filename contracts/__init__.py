"""The published language: what crosses a service's edge, as marshmallow schemas."""
