"""Who says so: quotations, credits, pronouns and names."""
