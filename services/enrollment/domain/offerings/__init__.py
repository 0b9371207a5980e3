"""What a school offers in a term: by whom, where, when, for whom, and what is done there."""
