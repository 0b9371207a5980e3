"""How a school tells and listens: notices, surveys, opinions, improvements."""
