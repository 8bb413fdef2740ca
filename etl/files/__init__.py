"""Files as publishers write them: opened with care, their tables found by label, every row knowing its cell."""
