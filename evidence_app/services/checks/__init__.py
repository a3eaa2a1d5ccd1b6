"""Rules that look for what a reader of the review would stumble over."""
