"""What people asked in the survey say of the police."""
