"""Pieces of screens that more than one page, or one long page, is made of."""
