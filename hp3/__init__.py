"""The composition root: command line, embedded mode, cluster processes, sample data."""
