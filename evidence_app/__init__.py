"""Evidence Desk: a reference and evidence manager for people who review literature."""

__version__ = "0.1.0"
