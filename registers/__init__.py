"""What several services keep of enrollment's facts: tables, what changes them, who may know."""
