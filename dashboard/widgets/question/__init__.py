"""What the page of one question is made of."""
