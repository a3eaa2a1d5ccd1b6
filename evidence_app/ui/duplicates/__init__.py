"""The Duplicates screen."""
