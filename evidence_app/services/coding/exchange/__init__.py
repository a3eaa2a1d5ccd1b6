"""Coding as it travels between programs: REFI-QDA projects (.qdpx) and code books (.qdc)."""
