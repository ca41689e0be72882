"""Answers: rows to arrays to maths to frozen results. They never write."""
