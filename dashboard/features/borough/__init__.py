"""One borough or police command."""
