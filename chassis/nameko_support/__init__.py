"""nameko as a thin shell: with ``services/*/service.py`` all that leaving it would replace."""
