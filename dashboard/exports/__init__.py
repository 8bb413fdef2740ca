"""Files to take away. Each holds what one page shows for one address, and a note of what it is."""
