"""Keeping references: adding, correcting, checking, tagging and removing them."""
