"""London as a whole, and its boroughs side by side."""
