"""Result type in, figure out. Charts draw; every number comes from the view."""
