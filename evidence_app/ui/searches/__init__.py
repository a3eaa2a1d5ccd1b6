"""The Searches screen."""
