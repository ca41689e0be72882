"""Acts: each turns one valid record into another. They flush and never commit."""
