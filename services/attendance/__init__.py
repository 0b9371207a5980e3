"""Service days, sessions, rolls, pick-up and the hand-over of every child."""
