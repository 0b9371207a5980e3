"""The school-term plan: survey, preparation, review by the bureau, running, and its filing."""
