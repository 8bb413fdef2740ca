"""One folder a publisher's table: how its files are known and read."""
