"""Building blocks that pages share. Each refuses to be built without what a reader needs."""
