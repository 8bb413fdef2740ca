"""The kinds of measure: what each must declare, what is derived from it and how it is judged."""
