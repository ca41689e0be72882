"""Numbers in, numbers out: no database, clock, environment or network."""
