"""What one address shows, as records: a page and the file downloaded from it start here, so they cannot differ."""
