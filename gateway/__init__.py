"""The HTTP edge: accounts, the JSON API, the pages. No business rules."""
