"""The sample: a district under each plan, whose schools, pupils and names are made by rule."""

from hp3.sample.load import SAMPLE_FILE, load_sample

__all__ = ["SAMPLE_FILE", "load_sample"]
