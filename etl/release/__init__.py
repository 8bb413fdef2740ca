"""One release: derived, judged, published whole or not at all, and compared with the one before."""
