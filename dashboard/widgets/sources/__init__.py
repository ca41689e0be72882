"""What the page Sources is made of."""
