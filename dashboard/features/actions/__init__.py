"""Questions and actions."""
