"""The language of safety: incidents and who was told when."""
