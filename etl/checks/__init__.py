"""What must be true of an edition beside the ones already held, before anyone may see it."""
