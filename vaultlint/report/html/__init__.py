"""Pages to look at: the report of a vault, and the documentation of the rules."""
