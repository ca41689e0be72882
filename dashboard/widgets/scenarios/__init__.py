"""What the page Scenarios is made of."""
