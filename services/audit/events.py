"""What audit itself says is about every school: it has a partition of its own."""

PLATFORM = "platform"
