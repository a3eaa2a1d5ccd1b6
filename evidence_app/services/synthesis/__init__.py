"""Building themes and writing the review's text on them."""
