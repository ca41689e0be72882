"""Memory: what is stored, and how it is opened. Imports nothing else of the project."""
