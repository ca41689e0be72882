"""Reports to print or to pass on: one self-contained page of HTML each, or a PDF of it."""
