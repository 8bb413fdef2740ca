"""Accounts, signing in, what waits for somebody, and what was changed by whom."""
