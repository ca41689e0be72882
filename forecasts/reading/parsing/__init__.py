"""Sentences, their grammar and what their clauses are to each other."""
