"""The courts."""
