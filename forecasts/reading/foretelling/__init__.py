"""Forecasts told without a word of likelihood: "economists see", "is due to", "Storms to hit"."""
