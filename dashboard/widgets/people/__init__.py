"""What the page People is made of, and the way in."""
