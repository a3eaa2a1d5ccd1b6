"""Judging what was found: ranking what is left by likely relevance, and measuring how well that goes."""
