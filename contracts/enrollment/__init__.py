"""The language of enrollment: policies, schools, persons, and how a pupil comes to be enrolled."""
