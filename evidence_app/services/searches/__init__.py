"""The log of what was searched: PRISMA-S fields, queries as run, what each search was worth."""
