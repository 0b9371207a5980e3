"""The gate's board, and whose a code is."""
