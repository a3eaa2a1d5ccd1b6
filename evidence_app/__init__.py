"""Evidence Desk: a reference and evidence manager for people who review literature."""
