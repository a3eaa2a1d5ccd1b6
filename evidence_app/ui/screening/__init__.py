"""The Screening screen."""
