"""What the page Scores is made of."""
