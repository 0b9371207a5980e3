"""The rules of fees. Imports the standard library and the kernel only."""
