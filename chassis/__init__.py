"""The business-free frame that every service stands on."""
