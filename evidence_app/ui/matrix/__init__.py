"""The Matrix: which report is evidence for which theme."""
