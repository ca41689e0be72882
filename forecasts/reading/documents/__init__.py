"""From the bytes of a file or page to an article's text, and what it declares about itself."""
