"""Reviewer packets: given out as a project file or an offline page, and merged back by stable identities."""
