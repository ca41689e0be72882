"""What the list of questions is made of."""
