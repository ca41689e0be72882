"""What the Inbox is made of."""
