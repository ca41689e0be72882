"""Forecast Desk: what articles and analysts claim about the future, and who was right."""
