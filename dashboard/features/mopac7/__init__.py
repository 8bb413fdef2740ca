"""The retired targets of 2013 to 2016."""
