"""The pure part of the frame: what domain code may import."""
