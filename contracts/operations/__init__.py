"""The language of operating: what operators do to any service."""
