"""Opening, listing, the roll, and a child's day."""
