"""Finding the records that describe one work, by named rules, and merging them without losing anything."""
