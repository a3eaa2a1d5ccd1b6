"""The cited evidence summary: one model, two profiles, five formats."""
