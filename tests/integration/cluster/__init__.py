"""Real processes of the cluster against real servers."""
