"""Sessions, and what enrollment tells of offerings and their places."""
