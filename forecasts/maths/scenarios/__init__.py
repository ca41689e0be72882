"""Alternative futures: what indicators imply, what to watch, and whether forecasts cohere."""
