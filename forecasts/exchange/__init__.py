"""Files to plain values and back, one file a format. No database."""
