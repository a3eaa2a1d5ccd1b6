"""The Flow diagram screen."""
