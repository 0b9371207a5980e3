"""The rules of sessions; when a service may take place, the calendar's rules say."""
