"""Which clauses are taken for forecasts: a model learned from articles marked by hand."""
