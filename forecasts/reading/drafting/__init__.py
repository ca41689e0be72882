"""From a statement to the draft of a question, and how well it could be settled."""
