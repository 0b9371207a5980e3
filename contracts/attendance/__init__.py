"""The language of attendance: service days, sessions, rolls, who may fetch a child and who did."""
