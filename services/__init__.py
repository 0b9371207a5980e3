"""The four event-sourced services and the audit projection. They meet only through contracts."""
